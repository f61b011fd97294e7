CREATE TYPE public."enum_Users_role" AS ENUM (
    'reader',
    'author',
    'admin'
);

CREATE TABLE public."Comments" (
    id integer NOT NULL,
    text text,
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    "PostId" uuid,
    "UserId" integer
);

CREATE SEQUENCE public."Comments_id_seq"
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public."Comments_id_seq" OWNED BY public."Comments".id;

CREATE TABLE public."PostTag" (
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    "PostId" uuid NOT NULL,
    "TagId" integer NOT NULL
);

CREATE TABLE public."Posts" (
    id uuid NOT NULL,
    title character varying(255) NOT NULL,
    body text,
    tags character varying(255)[],
    published boolean,
    views integer DEFAULT 0,
    score numeric(8,2),
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    "authorId" integer
);

COMMENT ON COLUMN public."Posts".title IS 'shown';

CREATE TABLE public."Tags" (
    id integer NOT NULL,
    label character varying(255)
);

CREATE SEQUENCE public."Tags_id_seq"
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public."Tags_id_seq" OWNED BY public."Tags".id;

CREATE TABLE public."Users" (
    id integer NOT NULL,
    email character varying(255) NOT NULL,
    name character varying(80),
    role public."enum_Users_role" DEFAULT 'reader'::public."enum_Users_role",
    prefs jsonb DEFAULT '{}'::jsonb,
    age integer,
    "createdAt" timestamp with time zone NOT NULL,
    "updatedAt" timestamp with time zone NOT NULL,
    "deletedAt" timestamp with time zone
);

CREATE SEQUENCE public."Users_id_seq"
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public."Users_id_seq" OWNED BY public."Users".id;

ALTER TABLE ONLY public."Comments" ALTER COLUMN id SET DEFAULT nextval('public."Comments_id_seq"'::regclass);

ALTER TABLE ONLY public."Tags" ALTER COLUMN id SET DEFAULT nextval('public."Tags_id_seq"'::regclass);

ALTER TABLE ONLY public."Users" ALTER COLUMN id SET DEFAULT nextval('public."Users_id_seq"'::regclass);

ALTER TABLE ONLY public."Comments"
    ADD CONSTRAINT "Comments_pkey" PRIMARY KEY (id);

ALTER TABLE ONLY public."PostTag"
    ADD CONSTRAINT "PostTag_pkey" PRIMARY KEY ("PostId", "TagId");

ALTER TABLE ONLY public."Posts"
    ADD CONSTRAINT "Posts_pkey" PRIMARY KEY (id);

ALTER TABLE ONLY public."Tags"
    ADD CONSTRAINT "Tags_pkey" PRIMARY KEY (id);

ALTER TABLE ONLY public."Users"
    ADD CONSTRAINT "Users_email_key" UNIQUE (email);

ALTER TABLE ONLY public."Users"
    ADD CONSTRAINT "Users_email_key1" UNIQUE (email);

ALTER TABLE ONLY public."Users"
    ADD CONSTRAINT "Users_pkey" PRIMARY KEY (id);

CREATE INDEX users_prefs ON public."Users" USING gin (prefs);

CREATE INDEX users_role ON public."Users" USING btree (role);

ALTER TABLE ONLY public."Comments"
    ADD CONSTRAINT "Comments_PostId_fkey" FOREIGN KEY ("PostId") REFERENCES public."Posts"(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE ONLY public."Comments"
    ADD CONSTRAINT "Comments_UserId_fkey" FOREIGN KEY ("UserId") REFERENCES public."Users"(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE ONLY public."PostTag"
    ADD CONSTRAINT "PostTag_PostId_fkey" FOREIGN KEY ("PostId") REFERENCES public."Posts"(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public."PostTag"
    ADD CONSTRAINT "PostTag_TagId_fkey" FOREIGN KEY ("TagId") REFERENCES public."Tags"(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public."Posts"
    ADD CONSTRAINT "Posts_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES public."Users"(id) ON UPDATE CASCADE ON DELETE SET NULL;

-- What the capture dropped again.
CREATE TABLE public.audits (
    id serial PRIMARY KEY,
    action text NOT NULL
);
