CREATE SCHEMA extra;

CREATE TYPE public.mood AS ENUM (
    'sad',
    'ok',
    'happy'
);

CREATE DOMAIN public.positive AS integer
	CONSTRAINT positive_check CHECK ((VALUE > 0));

CREATE FUNCTION public.add(a integer, b integer DEFAULT 1) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$select a + b$$;

CREATE PROCEDURE public.noop()
    LANGUAGE plpgsql
    AS $$ begin null; end $$;

CREATE FUNCTION public.t() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin return new; end $$;

CREATE TABLE public.person (
    id bigint NOT NULL,
    name character varying(80),
    city_id integer,
    doc jsonb
);

CREATE VIEW public.adults AS
 SELECT person.id,
    person.name
   FROM public.person;

CREATE TABLE public.city (
    id integer NOT NULL,
    name text NOT NULL,
    founded date,
    population integer,
    CONSTRAINT city_population_check CHECK ((population >= 0))
);

COMMENT ON TABLE public.city IS 'where people live';

CREATE SEQUENCE public.city_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.city_id_seq OWNED BY public.city.id;

CREATE TABLE public.part (
    at date,
    v integer
)
PARTITION BY RANGE (at);

CREATE TABLE public.part_1 (
    at date,
    v integer
);

CREATE MATERIALIZED VIEW public.per_city AS
 SELECT person.city_id,
    count(*) AS count
   FROM public.person
  GROUP BY person.city_id
  WITH NO DATA;

ALTER TABLE public.person ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.part ATTACH PARTITION public.part_1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

ALTER TABLE ONLY public.city ALTER COLUMN id SET DEFAULT nextval('public.city_id_seq'::regclass);

ALTER TABLE ONLY public.city
    ADD CONSTRAINT city_name_key UNIQUE (name);

ALTER TABLE ONLY public.city
    ADD CONSTRAINT city_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);

CREATE INDEX city_founded ON public.city USING btree (founded);

CREATE STATISTICS public.st ON name, population FROM public.city;

CREATE RULE no_del AS
    ON DELETE TO public.adults DO INSTEAD NOTHING;

CREATE TRIGGER city_t BEFORE INSERT ON public.city FOR EACH ROW EXECUTE FUNCTION public.t();

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_city_id_fkey FOREIGN KEY (city_id) REFERENCES public.city(id) ON DELETE SET NULL;

CREATE POLICY p_all ON public.person USING (true);

ALTER TABLE public.person ENABLE ROW LEVEL SECURITY;
