// postgres.js, which pipelines by itself and prepares what it is given.
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import postgres from 'postgres'
import { CLEAR, note, noteError, server, settle } from './notes.js'

const sql = postgres({
  ...server,
  max: 1,
  onnotice: (notice) => noteError('notice', notice),
})

const noteResult = (n, result) =>
  note(`${n} ${result.command} ${result.count}`, {
    columns: result.columns?.map((column) => `${column.name}:${column.type}:${column.number}`),
    rows: [...result],
  })

async function pipelined() {
  await sql.unsafe(CLEAR)
  await sql`CREATE TABLE node (n integer PRIMARY KEY, t text, at timestamptz, j jsonb, a int[])`
  const row = (n) => ({ n, t: `é'"\\ ${n}`, at: new Date(Date.UTC(2024, 1, 29)), j: sql.json({ n }), a: [n, 2] })
  await settle([
    sql`INSERT INTO node ${sql([row(1), row(2), row(3)])} RETURNING *`,
    sql`INSERT INTO node ${sql(row(3))}`,
    sql`SELECT * FROM node WHERE n IN ${sql([1, 2, 9])} ORDER BY n`,
    sql`UPDATE node SET ${sql({ t: 'changed' })} WHERE n = ${1} RETURNING t`,
    sql`SELECT 1 / ${0}::int AS x`,
    sql`SELECT nothing`,
    sql`SELECT 'usable' AS t`,
    sql`SELECT ${'a'.repeat(100000)}::text AS long`.then((rows) => rows.map((row) => ({ long: row.long.length }))),
    sql.unsafe('SELECT 1 AS one; SELECT 2 AS two').then((results) => Object.assign(results.flat(), { command: 'BOTH' })),
    sql.unsafe('SELECT 1; SELECT 1 / 0; SELECT 2'),
    sql`DO $$ BEGIN RAISE NOTICE 'heard'; END $$`.simple(),
    sql`SELECT ${sql.array([1, 2])}::int[] AS a, ${null}::text AS nothing, ${true} AS b`,
  ], noteResult)
  await settle(Array.from({ length: 500 }, (_, n) => sql`SELECT ${n}::int / ${n % 50 === 13 ? 0 : 1}::int AS n`), noteResult)
  const described = await sql`SELECT n, t FROM node WHERE n = ${1}`.describe()
  note('described', { types: described.types, columns: described.columns.map((column) => column.name) })
}

async function transactions() {
  const counted = () => sql`SELECT count(*), sum(n) FROM node`
  noteResult('kept', await sql.begin(async (tx) => {
    await tx`INSERT INTO node (n) VALUES (10)`
    await settle([tx.savepoint(async (point) => { await point`INSERT INTO node (n) VALUES (11)`; await point`SELECT 1 / 0` })], noteResult)
    return tx`SELECT n FROM node WHERE n >= 10`
  }))
  await settle([sql.begin('ISOLATION LEVEL SERIALIZABLE', (tx) => [tx`INSERT INTO node (n) VALUES (12)`, tx`SELECT 1 / 0`, tx`SELECT 1`])], noteResult)
  noteResult('count', await counted())
}

async function pieces() {
  await sql`SELECT n, repeat('x', n) AS t FROM generate_series(1, 25) AS n`.cursor(10, (rows) => note('piece', rows))
  await sql`SELECT n FROM generate_series(1, 25) AS n`.cursor(10, () => sql.CLOSE)
  await settle([sql`SELECT 1 / (5 - n) AS x FROM generate_series(1, 9) AS n`.cursor(2, (rows) => note('piece', rows))], note)
  await sql`SELECT n FROM generate_series(1, 3) AS n`.forEach((row) => note('row', row))
}

async function copies() {
  const lines = Array.from({ length: 3000 }, (_, n) => `${100 + n}\tline\n`)
  await pipeline(Readable.from(lines), await sql`COPY node (n, t) FROM STDIN`.writable())
  noteResult('count', await sql`SELECT count(*), sum(n) FROM node`)
}

async function canceled() {
  const sleeping = sql`SELECT pg_sleep(60)`.execute()
  setTimeout(() => sleeping.cancel(), 2000)
  await settle([sleeping], noteResult)
  noteResult('after', await sql`SELECT 'usable' AS t`)
}

async function notifications() {
  let done
  const heard = new Promise((resolve) => { done = resolve })
  const listening = await sql.listen('node', done)
  await sql.notify('node', 'é')
  note('heard', await heard)
  await listening.unlisten()
}

for (const scenario of [pipelined, transactions, pieces, copies, canceled, notifications]) {
  console.log(`== ${scenario.name}`)
  await scenario()
}
await sql.end({ timeout: 5 })
