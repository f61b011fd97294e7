CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE,
    name text,
    country text,
    plan text NOT NULL DEFAULT 'free',
    signed_up_at timestamptz NOT NULL DEFAULT now(),
    cancelled_at timestamptz,
    attributes jsonb NOT NULL DEFAULT '{}',
    tags text[] NOT NULL DEFAULT '{}'
);
CREATE TABLE products (
    id bigint PRIMARY KEY,
    sku text NOT NULL UNIQUE,
    title text NOT NULL,
    description text,
    category text,
    price numeric(12, 2) NOT NULL,
    details jsonb,
    search tsvector GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || coalesce(description, ''))) STORED
);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers,
    status text NOT NULL DEFAULT 'pending',
    created_at timestamptz NOT NULL DEFAULT now(),
    shipped_at timestamptz,
    total numeric(12, 2) NOT NULL DEFAULT 0
);
CREATE TABLE order_items (
    order_id bigint REFERENCES orders ON DELETE CASCADE,
    product_id bigint REFERENCES products,
    quantity int NOT NULL,
    unit_price numeric(12, 2) NOT NULL,
    PRIMARY KEY (order_id, product_id)
);
CREATE TABLE events (
    id bigserial PRIMARY KEY,
    user_id bigint,
    session_id uuid,
    name text NOT NULL,
    properties jsonb,
    occurred_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE employees (
    id int PRIMARY KEY,
    manager_id int REFERENCES employees,
    name text NOT NULL,
    department text,
    salary numeric(10, 2),
    hired_on date
);
CREATE TABLE inventory (
    sku text PRIMARY KEY,
    quantity int NOT NULL DEFAULT 0,
    updated_at timestamptz
);
CREATE TABLE shipments (sku text, delta int, received_at timestamptz DEFAULT now());
CREATE TABLE bookings (room int, during tstzrange, guest text);
CREATE TABLE measurements (sensor int, at timestamptz, value double precision);
CREATE TABLE daily_revenue (day date PRIMARY KEY, revenue numeric, orders int);
CREATE TABLE audit_log (id bigserial PRIMARY KEY, table_name text, row_data jsonb, changed_at timestamptz DEFAULT now());
