CREATE SCHEMA drizzle;

CREATE TYPE public.plan AS ENUM (
    'free',
    'pro'
);

CREATE TABLE drizzle.__drizzle_migrations (
    id integer NOT NULL,
    hash text NOT NULL,
    created_at bigint
);

CREATE SEQUENCE drizzle.__drizzle_migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE drizzle.__drizzle_migrations_id_seq OWNED BY drizzle.__drizzle_migrations.id;

CREATE TABLE public.members (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email text NOT NULL,
    team_id integer,
    settings jsonb DEFAULT '{}'::jsonb,
    active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now()
);

CREATE TABLE public.tasks (
    id bigint NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    hours numeric(6,2),
    assignee uuid,
    tags text[],
    due timestamp without time zone,
    priority integer DEFAULT 0 NOT NULL,
    CONSTRAINT hours_positive CHECK ((hours >= (0)::numeric))
);

CREATE VIEW public.open_tasks AS
 SELECT tasks.id,
    tasks.title,
    tasks.hours,
    tasks.assignee,
    tasks.tags,
    tasks.due,
    tasks.priority
   FROM public.tasks
  WHERE (tasks.due IS NULL);

ALTER TABLE public.tasks ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.tasks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.teams (
    id integer NOT NULL,
    name character varying(120) NOT NULL,
    plan public.plan DEFAULT 'free'::public.plan NOT NULL
);

CREATE SEQUENCE public.teams_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.teams_id_seq OWNED BY public.teams.id;

CREATE TABLE public.watchers (
    task_id bigint NOT NULL,
    member_id uuid NOT NULL
);

ALTER TABLE ONLY drizzle.__drizzle_migrations ALTER COLUMN id SET DEFAULT nextval('drizzle.__drizzle_migrations_id_seq'::regclass);

ALTER TABLE ONLY public.teams ALTER COLUMN id SET DEFAULT nextval('public.teams_id_seq'::regclass);

ALTER TABLE ONLY drizzle.__drizzle_migrations
    ADD CONSTRAINT __drizzle_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_email_unique UNIQUE (email);

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.watchers
    ADD CONSTRAINT watchers_task_id_member_id_pk PRIMARY KEY (task_id, member_id);

CREATE UNIQUE INDEX members_lower_email ON public.members USING btree (lower(email));

CREATE INDEX members_team_idx ON public.members USING btree (team_id);

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_team_id_teams_id_fk FOREIGN KEY (team_id) REFERENCES public.teams(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_assignee_members_id_fk FOREIGN KEY (assignee) REFERENCES public.members(id);

ALTER TABLE ONLY public.watchers
    ADD CONSTRAINT watchers_member_id_members_id_fk FOREIGN KEY (member_id) REFERENCES public.members(id);

ALTER TABLE ONLY public.watchers
    ADD CONSTRAINT watchers_task_id_tasks_id_fk FOREIGN KEY (task_id) REFERENCES public.tasks(id);
