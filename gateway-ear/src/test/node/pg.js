// node-postgres: its simple and extended queries, one after the other or pipelined, cursors and COPY streams.
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import pg from 'pg'
import Cursor from 'pg-cursor'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { CLEAR, note, noteError, server, settle } from './notes.js'

const MAKE = `${CLEAR}; CREATE TABLE node (n integer PRIMARY KEY, t text, at timestamptz, j jsonb, b bytea, a int[])`

async function connected(settings, play) {
  const client = new pg.Client({ ...server, ...settings })
  client.on('notice', (notice) => noteError('notice', notice))
  await client.connect()
  try {
    await play(client)
  } finally {
    await client.end()
  }
}

function noteResult(n, results) {
  for (const result of [results].flat()) {
    const fields = result.fields.map((field) => `${field.name}:${field.dataTypeID}:${field.format}:${field.columnID}`)
    note(`${n} ${result.command} ${result.rowCount}`, { fields, rows: result.rows })
  }
}

function queries() {
  const insert = { name: 'insert', text: 'INSERT INTO node VALUES ($1, $2, $3, $4, $5, $6) RETURNING *' }
  const row = (n) => [n, `é'"\\ ${n}`, new Date(Date.UTC(2024, 1, 29, 12)), { n: [n, null] }, Buffer.from([0, n, 255]), [n, null]]
  return [
    'SELECT 1 AS one; SELECT 2 AS two, NULL; SELECT 3',
    { ...insert, values: row(1) },
    { ...insert, values: row(2) },
    { ...insert, values: row(2) },
    { ...insert, values: [3, null, null, null, null, null] },
    { text: 'SELECT * FROM node WHERE n > $1 ORDER BY n', values: [0] },
    { text: 'SELECT n, b FROM node WHERE n = $1', values: [1], binary: true },
    { text: 'SELECT n, t FROM node', rowMode: 'array' },
    { text: 'SELECT 1 / $1::int AS x', values: [0] },
    { text: 'SELEC $1', values: [0] },
    { name: 'never', text: 'SELECT nothing FROM nowhere', values: [] },
    { name: 'never', text: 'SELECT nothing FROM nowhere', values: [] },
    { text: 'SELECT $1::text AS given', values: ['x'.repeat(200000)], rowMode: 'array' },
    'BEGIN',
    'UPDATE node SET t = \'changed\' WHERE n = 1',
    'SELECT 1 / 0',
    { text: 'SELECT $1::int', values: [1] },
    'ROLLBACK',
    { text: 'SELECT t FROM node WHERE n = $1', values: [1] },
    'DO $$ BEGIN RAISE NOTICE \'heard\' USING DETAIL = \'a detail\'; END $$',
    { text: 'SELECT generate_series(1, 5) AS n', values: [], rows: 2 },
    { text: '', values: [] },
    '',
    'SELECT 5 AS five; SELECT 1 / 0; SELECT 6',
    { text: 'CREATE TEMP TABLE made AS SELECT $1::int AS n', values: [7] },
    'TABLE made',
  ]
}

async function oneByOne() {
  await connected({}, async (client) => {
    await client.query(MAKE)
    for (const [n, query] of queries().entries()) await settle([client.query(query)], (_, result) => noteResult(n, result))
  })
}

async function pipelined() {
  await connected({ pipeline: true }, async (client) => {
    await client.query(MAKE)
    const unpaged = queries().filter((query) => !query.rows)
    await settle(unpaged.map((query) => client.query(query)), noteResult)
    const many = Array.from({ length: 500 }, (_, n) =>
      client.query({ name: `s${n % 7}`, text: `SELECT $1::int + ${n % 7} AS n`, values: [n % 50 === 13 ? 'no' : n] }))
    await settle(many, noteResult)
  })
}

async function cursors() {
  await connected({}, async (client) => {
    const cursor = client.query(new Cursor('SELECT n, repeat($1, n) AS t FROM generate_series(1, 20) AS n', ['x']))
    note('read', await cursor.read(3))
    note('read', await cursor.read(5))
    await cursor.close()
    const failing = client.query(new Cursor('SELECT 1 / (5 - n) AS x FROM generate_series(1, 20) AS n'))
    note('read', await failing.read(3))
    await settle([failing.read(3)], note)
    await settle([client.query(new Cursor('SELECT nothing')).read(1)], note)
    const whole = client.query(new Cursor('SELECT n FROM generate_series(1, 4) AS n'))
    for (let rows = await whole.read(2); rows.length > 0; rows = await whole.read(2)) note('read', rows)
    noteResult('after', await client.query('SELECT 1 AS usable'))
  })
}

async function copies() {
  await connected({}, async (client) => {
    await client.query(`${CLEAR}; CREATE TABLE node (n integer PRIMARY KEY, t text)`)
    const lines = (first, count) => Array.from({ length: count }, (_, n) => `${first + n}\tline ${first + n}\n`)
    const into = (data) => pipeline(Readable.from(data), client.query(copyFrom('COPY node FROM STDIN')))
    await into(lines(1, 5000))
    await settle([into(lines(5000, 3))], note)
    await settle([into(['6000\tgood\n', 'bad\n'])], note)
    await into(lines(7000, 10))
    let bytes = 0
    for await (const chunk of client.query(copyTo('COPY (SELECT * FROM node ORDER BY n) TO STDOUT'))) bytes += chunk.length
    note('bytes', bytes)
    await settle([client.query('COPY node FROM STDIN')], noteResult)
    noteResult('after', await client.query('SELECT count(*), sum(n) FROM node'))
  })
}

async function notifications() {
  await connected({}, async (client) => {
    const heard = new Promise((done) => {
      const all = []
      client.on('notification', (message) => {
        all.push([message.channel, message.payload])
        if (message.payload === 'last') done(all)
      })
    })
    await client.query('LISTEN node')
    await client.query("NOTIFY node; NOTIFY node, 'é'")
    await connected({}, (other) => other.query("SELECT pg_notify('node', 'from another')"))
    await client.query("NOTIFY node, 'last'")
    note('heard', await heard)
  })
}

for (const scenario of [oneByOne, pipelined, cursors, copies, notifications]) {
  console.log(`== ${scenario.name}`)
  await scenario()
}
