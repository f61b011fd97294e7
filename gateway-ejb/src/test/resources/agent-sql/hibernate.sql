-- Hibernate ORM 7.4.15.Final with the PostgreSQL JDBC driver 42.7.14: hbm2ddl create, validate and update, then
-- entities, HQL, Criteria, locks
-- Captured from PostgreSQL 15.18 with log_statement = all; near duplicates left out.
--;
SET application_name = 'PostgreSQL JDBC Driver'
--;
BEGIN
--;
select current_schema()
--;
select current_catalog
--;
SHOW TRANSACTION ISOLATION LEVEL
--;
ROLLBACK
--;
select string_agg(word, ',') from pg_catalog.pg_get_keywords() where word <> ALL ('{a,abs,absolute,action,ada,add,admin,after,all,allocate,alter,always,and,any,are,array,as,asc,asensitive,assertion,assignment,asymmetric,at,atomic,attribute,attributes,authorization,avg,before,begin,bernoulli,between,bigint,binary,blob,boolean,both,breadth,by,c,call,called,cardinality,cascade,cascaded,case,cast,catalog,catalog_name,ceil,ceiling,chain,char,char_length,character,character_length,character_set_catalog,character_set_name,character_set_schema,characteristics,characters,check,checked,class_origin,clob,close,coalesce,cobol,code_units,collate,collation,collation_catalog,collation_name,collation_schema,collect,column,column_name,command_function,command_function_code,commit,committed,condition,condition_number,connect,connection_name,constraint,constraint_catalog,constraint_name,constraint_schema,constraints,constructors,contains,continue,convert,corr,corresponding,count,covar_pop,covar_samp,create,cross,cube,cume_dist,current,current_collation,current_date,current_default_transform_group,current_path,current_role,current_time,current_timestamp,current_transform_group_for_type,current_user,cursor,cursor_name,cycle,data,date,datetime_interval_code,datetime_interval_precision,day,deallocate,dec,decimal,declare,default,defaults,deferrable,deferred,defined,definer,degree,delete,dense_rank,depth,deref,derived,desc,describe,descriptor,deterministic,diagnostics,disconnect,dispatch,distinct,domain,double,drop,dynamic,dynamic_function,dynamic_function_code,each,element,else,end,end-exec,equals,escape,every,except,exception,exclude,excluding,exec,execute,exists,exp,external,extract,false,fetch,filter,final,first,float,floor,following,for,foreign,fortran,found,free,from,full,function,fusion,g,general,get,global,go,goto,grant,granted,group,grouping,having,hierarchy,hold,hour,identity,immediate,implementation,in,including,increment,indicator,initially,inner,inout,input,insensitive,insert,instance,instantiable,int,integer,intersect,intersection,interval,into,invoker,is,isolation,join,k,key,key_member,key_type,language,large,last,lateral,leading,left,length,level,like,ln,local,localtime,localtimestamp,locator,lower,m,map,match,matched,max,maxvalue,member,merge,message_length,message_octet_length,message_text,method,min,minute,minvalue,mod,modifies,module,month,more,multiset,mumps,name,names,national,natural,nchar,nclob,nesting,new,next,no,none,normalize,normalized,not,"null",nullable,nullif,nulls,number,numeric,object,octet_length,octets,of,old,on,only,open,option,options,or,order,ordering,ordinality,others,out,outer,output,over,overlaps,overlay,overriding,pad,parameter,parameter_mode,parameter_name,parameter_ordinal_position,parameter_specific_catalog,parameter_specific_name,parameter_specific_schema,partial,partition,pascal,path,percent_rank,percentile_cont,percentile_disc,placing,pli,position,power,preceding,precision,prepare,preserve,primary,prior,privileges,procedure,public,range,rank,read,reads,real,recursive,ref,references,referencing,regr_avgx,regr_avgy,regr_count,regr_intercept,regr_r2,regr_slope,regr_sxx,regr_sxy,regr_syy,relative,release,repeatable,restart,result,return,returned_cardinality,returned_length,returned_octet_length,returned_sqlstate,returns,revoke,right,role,rollback,rollup,routine,routine_catalog,routine_name,routine_schema,row,row_count,row_number,rows,savepoint,scale,schema,schema_name,scope_catalog,scope_name,scope_schema,scroll,search,second,section,security,select,self,sensitive,sequence,serializable,server_name,session,session_user,set,sets,similar,simple,size,smallint,some,source,space,specific,specific_name,specifictype,sql,sqlexception,sqlstate,sqlwarning,sqrt,start,state,statement,static,stddev_pop,stddev_samp,structure,style,subclass_origin,submultiset,substring,sum,symmetric,system,system_user,table,table_name,tablesample,temporary,then,ties,time,timestamp,timezone_hour,timezone_minute,to,top_level_count,trailing,transaction,transaction_active,transactions_committed,transactions_rolled_back,transform,transforms,translate,translation,treat,trigger,trigger_catalog,trigger_name,trigger_schema,trim,true,type,uescape,unbounded,uncommitted,under,union,unique,unknown,unnamed,unnest,update,upper,usage,user,user_defined_type_catalog,user_defined_type_code,user_defined_type_name,user_defined_type_schema,using,value,values,var_pop,var_samp,varchar,varying,view,when,whenever,where,width_bucket,window,with,within,without,work,write,year,zone}'::text[])
--;
select version()
--;
SELECT setting FROM pg_catalog.pg_settings WHERE name='default_transaction_isolation'
--;
COMMIT
--;
set client_min_messages = WARNING
--;
alter table if exists Book drop constraint if exists FKam4sd2h50y6x8ls1ngbjc8ms5
--;
alter table if exists Card drop constraint if exists FK9awhsjvr65auvfpcqm9i8mbl4
--;
alter table if exists Customer_phones drop constraint if exists FKfb76ni7jf8ka6ve3xx062swm5
--;
alter table if exists Film drop constraint if exists FKfs730emnc1ycspk6cs158whm3
--;
alter table if exists order_lines drop constraint if exists FK1smc0s578t2oih21yn9hw6usr
--;
alter table if exists order_lines drop constraint if exists FKqg866henp2rqqrvv7a9lw2r8g
--;
alter table if exists orders drop constraint if exists FKpxtb8awmi0dk6smoh2vp1litg
--;
alter table if exists Product_Tag drop constraint if exists FKh83suf6i9im4phs4iydnq8vex
--;
alter table if exists Product_Tag drop constraint if exists FKfao9t8fej7uofri8u9nbggeml
--;
drop table if exists Book cascade
--;
drop table if exists Card cascade
--;
drop table if exists Customer_phones cascade
--;
drop table if exists customers cascade
--;
drop table if exists Film cascade
--;
drop table if exists Note cascade
--;
drop table if exists order_lines cascade
--;
drop table if exists orders cascade
--;
drop table if exists Product cascade
--;
drop table if exists Product_Tag cascade
--;
drop table if exists Tag cascade
--;
drop sequence if exists customers_SEQ
--;
drop sequence if exists Note_SEQ
--;
create sequence customers_SEQ start with 1 increment by 50
--;
create sequence Note_SEQ start with 1 increment by 50
--;
create table Book (id bigint not null, isbn varchar(255), primary key (id))
--;
create table Card (bonus integer, customer_id bigint not null, DTYPE varchar(31) not null check ((DTYPE in ('Card','GoldCard'))), last4 varchar(255), note oid, primary key (customer_id), check (DTYPE <> 'GoldCard' or (bonus is not null)))
--;
create table Customer_phones (Customer_id bigint not null, phones varchar(255), unique (Customer_id, phones))
--;
create table customers (version integer not null, created timestamp(6) with time zone not null, id bigint not null, zip varchar(12), city varchar(255), email varchar(255) not null unique, name varchar(255), street varchar(255), tier varchar(255) check ((tier in ('FREE','PRO'))), prefs jsonb, primary key (id))
--;
create table Film (minutes integer not null, id bigint not null, primary key (id))
--;
create table Note (deleted boolean not null, id bigint not null, text varchar(255), primary key (id))
--;
comment on column Note.deleted is 'Soft-delete indicator'
--;
create table order_lines (quantity integer not null, product_id bigint not null, order_id uuid not null, primary key (product_id, order_id))
--;
create table orders (status smallint check ((status between 0 and 2)), total numeric(12,2), customer_id bigint not null, placed timestamp(6), id uuid not null, primary key (id))
--;
create table Product (price numeric(38,2), id bigint generated by default as identity, sku varchar(255), labels varchar(255) array, primary key (id), unique (sku))
--;
create table Product_Tag (Product_id bigint not null, tags_label varchar(255) not null, primary key (Product_id, tags_label))
--;
create table Tag (label varchar(255) not null, primary key (label))
--;
create index IDXto73biqfrti0j9f7k12l255w5 on customers (name)
--;
alter table if exists Book add constraint FKam4sd2h50y6x8ls1ngbjc8ms5 foreign key (id) references Product
--;
alter table if exists Card add constraint FK9awhsjvr65auvfpcqm9i8mbl4 foreign key (customer_id) references customers
--;
alter table if exists Customer_phones add constraint FKfb76ni7jf8ka6ve3xx062swm5 foreign key (Customer_id) references customers
--;
alter table if exists Film add constraint FKfs730emnc1ycspk6cs158whm3 foreign key (id) references Product
--;
alter table if exists order_lines add constraint FK1smc0s578t2oih21yn9hw6usr foreign key (order_id) references orders
--;
alter table if exists order_lines add constraint FKqg866henp2rqqrvv7a9lw2r8g foreign key (product_id) references Product
--;
alter table if exists orders add constraint FKpxtb8awmi0dk6smoh2vp1litg foreign key (customer_id) references customers
--;
alter table if exists Product_Tag add constraint FKh83suf6i9im4phs4iydnq8vex foreign key (tags_label) references Tag
--;
alter table if exists Product_Tag add constraint FKfao9t8fej7uofri8u9nbggeml foreign key (Product_id) references Product
--;
select * from information_schema.sequences
--;
SELECT current_database() AS "TABLE_CAT", n.nspname AS "TABLE_SCHEM", c.relname AS "TABLE_NAME",  CASE n.nspname ~ '^pg_' OR n.nspname = 'information_schema'  WHEN true THEN CASE  WHEN n.nspname = 'pg_catalog' OR n.nspname = 'information_schema' THEN CASE c.relkind   WHEN 'r' THEN 'SYSTEM TABLE'   WHEN 'v' THEN 'SYSTEM VIEW'   WHEN 'i' THEN 'SYSTEM INDEX'   ELSE NULL   END  WHEN n.nspname = 'pg_toast' THEN CASE c.relkind   WHEN 'r' THEN 'SYSTEM TOAST TABLE'   WHEN 'i' THEN 'SYSTEM TOAST INDEX'   ELSE NULL   END  ELSE CASE c.relkind   WHEN 'r' THEN 'TEMPORARY TABLE'   WHEN 'p' THEN 'TEMPORARY TABLE'   WHEN 'i' THEN 'TEMPORARY INDEX'   WHEN 'S' THEN 'TEMPORARY SEQUENCE'   WHEN 'v' THEN 'TEMPORARY VIEW'   ELSE NULL   END  END  WHEN false THEN CASE c.relkind  WHEN 'r' THEN 'TABLE'  WHEN 'p' THEN 'PARTITIONED TABLE'  WHEN 'i' THEN 'INDEX'  WHEN 'P' then 'PARTITIONED INDEX'  WHEN 'S' THEN 'SEQUENCE'  WHEN 'v' THEN 'VIEW'  WHEN 'c' THEN 'TYPE'  WHEN 'f' THEN 'FOREIGN TABLE'  WHEN 'm' THEN 'MATERIALIZED VIEW'  ELSE NULL  END  ELSE NULL  END  AS "TABLE_TYPE", d.description AS "REMARKS",  '' as "TYPE_CAT", '' as "TYPE_SCHEM", '' as "TYPE_NAME", '' AS "SELF_REFERENCING_COL_NAME", '' AS "REF_GENERATION"  FROM pg_catalog.pg_namespace n, pg_catalog.pg_class c  LEFT JOIN pg_catalog.pg_description d ON (c.oid = d.objoid AND d.objsubid = 0  and d.classoid = 'pg_class'::regclass)  WHERE c.relnamespace = n.oid  AND n.nspname LIKE $1 AND c.relname LIKE $2 AND (false  OR ( c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' )  OR ( c.relkind = 'v' AND n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema' )  OR ( c.relkind = 'm' )  OR ( c.relkind = 'p' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ) )  ORDER BY "TABLE_TYPE","TABLE_SCHEM","TABLE_NAME"
--;
SELECT * FROM (SELECT current_database() AS current_database, n.nspname,c.relname,a.attname,a.atttypid,a.attnotnull  OR (t.typtype = 'd' AND t.typnotnull) AS attnotnull,a.atttypmod,a.attlen,t.typtypmod,row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) AS attnum, nullif(a.attidentity, '') as attidentity,nullif(a.attgenerated, '') as attgenerated,pg_catalog.pg_get_expr(def.adbin, def.adrelid) AS adsrc,dsc.description,t.typbasetype,t.typtype  FROM pg_catalog.pg_namespace n  JOIN pg_catalog.pg_class c ON (c.relnamespace = n.oid)  JOIN pg_catalog.pg_attribute a ON (a.attrelid=c.oid)  JOIN pg_catalog.pg_type t ON (a.atttypid = t.oid)  LEFT JOIN pg_catalog.pg_attrdef def ON (a.attrelid=def.adrelid AND a.attnum = def.adnum)  LEFT JOIN pg_catalog.pg_description dsc ON (c.oid=dsc.objoid AND a.attnum = dsc.objsubid)  LEFT JOIN pg_catalog.pg_class dc ON (dc.oid=dsc.classoid AND dc.relname='pg_class')  LEFT JOIN pg_catalog.pg_namespace dn ON (dc.relnamespace=dn.oid AND dn.nspname='pg_catalog')  WHERE c.relkind in ('r','p','v','f','m') and a.attnum > 0 AND NOT a.attisdropped  AND n.nspname LIKE $1) c WHERE true  AND attname LIKE $2 ORDER BY nspname,c.relname,attnum
--;
select	current_database() as "TABLE_CAT",	n.nspname as "TABLE_SCHEM",	ct.relname as "TABLE_NAME",	not i.indisunique as "NON_UNIQUE",	null as "INDEX_QUALIFIER",	ci.relname as "INDEX_NAME",	case i.indisclustered		when true then 1		else			case am.amname				when 'hash' then 2				else 3			end	end as "TYPE",	ic.n as "ORDINAL_POSITION",	ci.reltuples as "CARDINALITY",	ci.relpages as "PAGES",	pg_catalog.pg_get_expr(i.indpred, i.indrelid) as "FILTER_CONDITION",	trim(both '"' from pg_catalog.pg_get_indexdef(ci.oid, ic.n, false)) as "COLUMN_NAME",	case am.amname		when 'btree' then			case i.indoption[ic.n - 1] & 1::smallint				when 1 then 'D'				else 'A'			end	end as "ASC_OR_DESC"
from pg_catalog.pg_class ct
join pg_catalog.pg_namespace n on (ct.relnamespace = n.oid)
join pg_catalog.pg_index i on (ct.oid = i.indrelid)
join pg_catalog.pg_class ci on (ci.oid = i.indexrelid)
join pg_catalog.pg_am am on (ci.relam = am.oid)
join information_schema._pg_expandarray(i.indkey) ic on 1=1
 where n.nspname = $1
--;
alter table if exists Customer_phones drop constraint if exists UK91iwqxet0k1y0elddp254n6ef
--;
alter table if exists Customer_phones add constraint UK91iwqxet0k1y0elddp254n6ef unique (Customer_id, phones)
--;
alter table if exists Product drop constraint if exists UK2uoru59123ijn7dakt5ofp282
--;
alter table if exists Product add constraint UK2uoru59123ijn7dakt5ofp282 unique (sku)
--;
SELECT current_database() AS "PKTABLE_CAT", pkn.nspname AS "PKTABLE_SCHEM", pkc.relname AS "PKTABLE_NAME", pka.attname AS "PKCOLUMN_NAME", current_database() AS "FKTABLE_CAT", fkn.nspname AS "FKTABLE_SCHEM", fkc.relname AS "FKTABLE_NAME", fka.attname AS "FKCOLUMN_NAME", pos.n AS "KEY_SEQ", CASE con.confupdtype  WHEN 'c' THEN 0 WHEN 'n' THEN 2 WHEN 'd' THEN 4 WHEN 'r' THEN 1 WHEN 'p' THEN 1 WHEN 'a' THEN 3 ELSE NULL END AS "UPDATE_RULE", CASE con.confdeltype  WHEN 'c' THEN 0 WHEN 'n' THEN 2 WHEN 'd' THEN 4 WHEN 'r' THEN 1 WHEN 'p' THEN 1 WHEN 'a' THEN 3 ELSE NULL END AS "DELETE_RULE", con.conname AS "FK_NAME", pkic.relname AS "PK_NAME", CASE  WHEN con.condeferrable AND con.condeferred THEN 5 WHEN con.condeferrable THEN 6 ELSE 7 END AS "DEFERRABILITY"  FROM  pg_catalog.pg_namespace pkn, pg_catalog.pg_class pkc, pg_catalog.pg_attribute pka,  pg_catalog.pg_namespace fkn, pg_catalog.pg_class fkc, pg_catalog.pg_attribute fka,  pg_catalog.pg_constraint con,  pg_catalog.generate_series(1, 32) pos(n),  pg_catalog.pg_class pkic WHERE pkn.oid = pkc.relnamespace AND pkc.oid = pka.attrelid AND pka.attnum = con.confkey[pos.n] AND con.confrelid = pkc.oid  AND fkn.oid = fkc.relnamespace AND fkc.oid = fka.attrelid AND fka.attnum = con.conkey[pos.n] AND con.conrelid = fkc.oid  AND con.contype = 'f' AND (pkic.relkind = 'i' OR pkic.relkind = 'I') AND pkic.oid = con.conindid  AND fkn.nspname = $1 ORDER BY pkn.nspname,pkc.relname, con.conname,pos.n
--;
select nextval('customers_SEQ')
--;
insert into customers (city,street,zip,created,email,name,prefs,tier,version,id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)
--;
insert into Tag (label) values ($1)
--;
insert into Product (labels,price,sku) values ($1,$2,$3)
RETURNING *
--;
insert into Book (isbn,id) values ($1,$2)
--;
insert into orders (customer_id,placed,status,total,id) values ($1,$2,$3,$4,$5)
--;
insert into order_lines (quantity,order_id,product_id) values ($1,$2,$3)
--;
SELECT p.proname,p.oid  FROM pg_catalog.pg_proc p, pg_catalog.pg_namespace n  WHERE p.pronamespace=n.oid AND n.nspname='pg_catalog' AND ( proname = 'lo_open' or proname = 'lo_close' or proname = 'lo_creat' or proname = 'lo_unlink' or proname = 'lo_lseek' or proname = 'lo_lseek64' or proname = 'lo_tell' or proname = 'lo_tell64' or proname = 'loread' or proname = 'lowrite' or proname = 'lo_truncate' or proname = 'lo_truncate64')
--;
insert into Card (last4,note,bonus,DTYPE,customer_id) values ($1,$2,$3,'GoldCard',$4)
--;
insert into Note (text,deleted,id) values ($1,false,$2)
--;
insert into Customer_phones (Customer_id,phones) values ($1,$2)
--;
insert into Product_Tag (Product_id,tags_label) values ($1,$2)
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 where c1_0.id=$1
--;
select c1_0.customer_id,c1_0.DTYPE,c1_0.last4,c1_0.note,c1_0.bonus from Card c1_0 where c1_0.customer_id=$1
--;
select p1_0.id,case when p1_1.id is not null then 1 when p1_2.id is not null then 2 when p1_0.id is not null then 0 end,p1_0.price * 1.25,p1_0.labels,p1_0.price,p1_0.sku,p1_1.isbn,p1_2.minutes from Product p1_0 left join Book p1_1 on p1_0.id=p1_1.id left join Film p1_2 on p1_0.id=p1_2.id where p1_0.id=$1
--;
select n1_0.id,n1_0.text from Note n1_0 where n1_0.deleted=false and n1_0.id=$1
--;
select o1_0.customer_id,o1_0.id,o1_0.placed,o1_0.status,o1_0.total from orders o1_0 where o1_0.customer_id=$1
--;
select p1_0.Customer_id,p1_0.phones from Customer_phones p1_0 where p1_0.Customer_id=$1
--;
select l1_0.order_id,l1_0.product_id,p1_0.id,case when p1_1.id is not null then 1 when p1_2.id is not null then 2 when p1_0.id is not null then 0 end,p1_0.price * 1.25,p1_0.labels,p1_0.price,p1_0.sku,p1_1.isbn,p1_2.minutes,l1_0.quantity from order_lines l1_0 join Product p1_0 on p1_0.id=l1_0.product_id left join Book p1_1 on p1_0.id=p1_1.id left join Film p1_2 on p1_0.id=p1_2.id where l1_0.order_id=$1
--;
select t1_0.Product_id,t1_1.label from Product_Tag t1_0 join Tag t1_1 on t1_1.label=t1_0.tags_label where t1_0.Product_id=$1
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 where c1_0.id = any ($1)
--;
select p1_0.id,case when p1_1.id is not null then 1 when p1_2.id is not null then 2 when p1_0.id is not null then 0 end,p1_0.price * 1.25,p1_0.labels,p1_0.price,p1_0.sku,p1_1.isbn,p1_2.minutes from Product p1_0 left join Book p1_1 on p1_0.id=p1_1.id left join Film p1_2 on p1_0.id=p1_2.id where p1_0.sku=$1
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version,o1_0.customer_id,o1_0.id,o1_0.placed,o1_0.status,o1_0.total from customers c1_0 left join orders o1_0 on c1_0.id=o1_0.customer_id where c1_0.id=$1
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 where c1_0.email=$1 and c1_0.tier<>$2 order by c1_0.name desc nulls last fetch first $3 rows only
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 where lower(c1_0.name) like lower($1) escape '' order by c1_0.created desc offset $2 rows fetch first $3 rows only
--;
select c1_0.name,count(o1_0.id),sum(o1_0.total),max(o1_0.placed) from customers c1_0 left join orders o1_0 on c1_0.id=o1_0.customer_id group by c1_0.name having count(o1_0.id)>$1 order by 2 desc
--;
select distinct o1_0.status from orders o1_0
--;
select o1_0.id,o1_0.customer_id,o1_0.placed,o1_0.status,o1_0.total from orders o1_0 where o1_0.placed between $1 and $2
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 where exists(select 1 from orders o1_0 where o1_0.customer_id=c1_0.id and o1_0.total>10)
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 where not exists(select 1 from orders o1_0 where c1_0.id=o1_0.customer_id)
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 where (select count(*) from orders o1_0 where c1_0.id=o1_0.customer_id)>=1
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 where exists(select 1 from Customer_phones p1_0 where c1_0.id=p1_0.Customer_id and p1_0.phones=$1)
--;
select o1_0.id,rank() over(partition by o1_0.customer_id order by o1_0.total desc) from orders o1_0
--;
select o1_0.id,sum(o1_0.total) over(order by o1_0.placed rows unbounded preceding) from orders o1_0
--;
select c1_0.name from customers c1_0 union all select t1_0.label from Tag t1_0
--;
select string_agg(c1_0.name,',' order by c1_0.name) from customers c1_0
--;
select extract(year from o1_0.placed),count(*) filter (where o1_0.status=1) from orders o1_0 group by 1
--;
select case when o1_0.total>100 then 'big' else 'small' end,coalesce(o1_0.total,0),cast(o1_0.total as varchar) from orders o1_0
--;
select p1_0.id,case when p1_1.id is not null then 1 when p1_2.id is not null then 2 when p1_0.id is not null then 0 end,p1_0.price * 1.25,p1_0.labels,p1_0.price,p1_0.sku,p1_1.isbn,p1_2.minutes from Product p1_0 join Book p1_1 on p1_0.id=p1_1.id left join Film p1_2 on p1_0.id=p1_2.id where case when p1_1.id is not null then 1 when p1_2.id is not null then 2 when p1_0.id is not null then 0 end=1
--;
select p1_1.isbn from Product p1_0 join Book p1_1 on p1_0.id=p1_1.id
--;
select p1_0.id,case when p1_1.id is not null then 1 when p1_2.id is not null then 2 when p1_0.id is not null then 0 end,p1_0.price * 1.25,p1_0.labels,p1_0.price,p1_0.sku,p1_1.isbn,p1_2.minutes from Product p1_0 left join Book p1_1 on p1_0.id=p1_1.id left join Film p1_2 on p1_0.id=p1_2.id where p1_0.labels@>cast(array['a'] as varchar array)
--;
select l1_0.quantity,p1_0.sku from order_lines l1_0 join Product p1_0 on p1_0.id=l1_0.product_id join orders o1_0 on o1_0.id=l1_0.order_id join customers c1_0 on c1_0.id=o1_0.customer_id where c1_0.email=$1
--;
select localtimestamp,current_date
--;
select c1_0.id,c1_0.city from customers c1_0
--;
select n1_0.id,n1_0.text from Note n1_0 where n1_0.text like $1 escape '' and n1_0.deleted=false
--;
select percentile_cont(0.5) within group (order by o1_0.total) from orders o1_0
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 where c1_0.id>$1 and (c1_0.email like $2 escape '' or c1_0.name is null) order by c1_0.name fetch first $3 rows only
--;
select count(*) from customers c1_0 where c1_0.id<10
--;
update customers set city=$1,street=$2,zip=$3,email=$4,name=$5,prefs=$6,tier=$7,version=$8 where id=$9 and version=$10
--;
delete from Customer_phones where Customer_id=$1 and phones=$2
--;
update customers c1_0 set name=upper(c1_0.name) where c1_0.tier=$1
--;
update customers c1_0 set name=(c1_0.name||'!'),version=(c1_0.version+1) where c1_0.id=$1
--;
with id_cte (id) as materialized (select b1_0.id from Book b1_0 join Product b1_1 on b1_0.id=b1_1.id where b1_0.id=1),update_cte_Book (id) as (update Book b1_0 set isbn='x' where b1_0.id in (select id.id from id_cte id) returning id),update_cte_Product (id) as (update Product b1_1 set price=(b1_1.price*2) where b1_1.id in (select id.id from id_cte id) returning id) select count(*) from id_cte id
--;
insert into Tag as t1_0(label) values ('t1'), ('t2')
--;
insert into Tag as t1_0(label) values ('t1') on conflict(label) do nothing
--;
insert into Tag as t1_0(label) select ('c-'||c1_0.name) from customers c1_0 where c1_0.id<3
--;
insert into Tag (label) values ($1) on conflict (label) do nothing
--;
update Product set labels=$1,price=$2 where id=$3
--;
delete from Product_Tag where Product_id=$1
--;
delete from Product where id=$1
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 where c1_0.id=$1 for no key update of c1_0
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 where c1_0.id=$1 for share of c1_0
--;
select o1_0.id,o1_0.customer_id,o1_0.placed,o1_0.status,o1_0.total from orders o1_0 where o1_0.status=0 fetch first $1 rows only for no key update of o1_0 skip locked
--;
select o1_0.id,o1_0.customer_id,o1_0.placed,o1_0.status,o1_0.total from orders o1_0 where o1_0.status=0 for no key update of o1_0 nowait
--;
update customers set version=$1 where id=$2 and version=$3
--;
select version as version_ from customers where id=$1
--;
select * from customers where tier = $1 order by id limit 5
--;
update customers set zip = '0150' where city = $1
--;
update Note set deleted=true where id=$1 and deleted=false
--;
delete from order_lines l1_0 where l1_0.quantity>$1
--;
with id_cte (id) as materialized (select b1_0.id from Book b1_0 join Product b1_1 on b1_0.id=b1_1.id where b1_0.id=$1),delete_cte_Product_tags (id) as (delete from Product_Tag to_delete_ where to_delete_.Product_id in (select id.id from id_cte id) returning Product_id),delete_cte_Book (id) as (delete from Book b1_0 where b1_0.id in (select id.id from id_cte id) returning id),delete_cte_Product (id) as (delete from Product b1_1 where b1_1.id in (select id.id from id_cte id) returning id) select count(*) from id_cte id
--;
delete from Customer_phones where Customer_id=$1
--;
delete from customers where id=$1 and version=$2
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,o1_0.customer_id,o1_0.id,o1_0.placed,o1_0.status,o1_0.total,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 left join orders o1_0 on c1_0.id=o1_0.customer_id where c1_0.id in ($1,$2)
--;
with t (cid,s) as (select o1_0.customer_id,sum(o1_0.total) from orders o1_0 group by o1_0.customer_id) select x1_0.cid,x1_0.s from t x1_0 where x1_0.s>5
--;
select c1_0.id,c1_0.city,c1_0.street,c1_0.zip,c1_0.created,c1_0.email,c1_0.name,c1_0.prefs,c1_0.tier,c1_0.version from customers c1_0 join lateral (select o1_0.total from orders o1_0 where o1_0.customer_id=c1_0.id order by o1_0.total desc fetch first 1 rows only) x1_0(c0) on true where x1_0.c0>0
