// Where to connect, and how what a client hands out is written down.
import { readFileSync } from 'node:fs'

const env = process.env

export const server = {
  host: env.PGHOST,
  port: Number(env.PGPORT),
  database: env.PGDATABASE,
  user: env.PGUSER,
  password: env.PGPASSWORD,
  ssl: env.PGSSLMODE === 'disable' ? false : { ca: readFileSync(env.PGSSLROOTCERT) },
}

// Without the notice that the table was not there, which only a first run would bring.
export const CLEAR = 'SET client_min_messages = warning; DROP TABLE IF EXISTS node; RESET client_min_messages'

const plain = (key, value) =>
  typeof value === 'bigint' ? `${value}n` : value?.type === 'Buffer' ? Buffer.from(value.data).toString('hex') : value

export function note(what, value) {
  console.log(what, JSON.stringify(value, plain))
}

const ERROR_FIELDS = ['severity', 'code', 'message', 'detail', 'hint', 'position', 'internalPosition', 'internalQuery',
  'where', 'schema', 'table', 'column', 'dataType', 'constraint', 'file', 'line', 'routine',
  'schema_name', 'table_name', 'column_name', 'constraint_name']

export function noteError(what, error) {
  note(what, Object.fromEntries(ERROR_FIELDS.filter((name) => error[name] !== undefined).map((name) => [name, error[name]])))
}

// Notes the outcome of each promise in the order of the list, whatever the order in which they settle.
export async function settle(promises, noteResult) {
  const outcomes = await Promise.allSettled(promises)
  outcomes.forEach((outcome, n) => {
    if (outcome.status === 'fulfilled') noteResult(n, outcome.value)
    else noteError(`${n} error`, outcome.reason)
  })
}
