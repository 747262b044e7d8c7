/** Kiosks of the demo city: registered through the API, as a browser with or without somebody signed in. */
import assert from 'node:assert/strict'
import { PASSWORD, person, URL_OF_CITY, visit } from './city.mjs'

/** Whose staff look after the kiosks of the tests. */
export const CENTRE = '11430102TB00001322'

let made = 0

/** A kiosk of its own: its row and the secret that a browser is paired by. */
async function registered() {
  const admin = await person('admin')
  made += 1
  const body = { name: `测试终端${made}号`, place: '一楼大厅', region: '430102', department_code: CENTRE }
  return admin.post('/api/v1/identity/kiosks', body)
}

/** The cookies of a kiosk of its own; `account` has signed in there. */
export async function cookiesAtKiosk(account) {
  const { secret } = await registered()
  const pairs = [await cookie('/api/v1/identity/kiosk/pair', { secret }, [])]
  if (account) pairs.push(await cookie('/api/v1/identity/session', { account, password: PASSWORD }, pairs))
  return pairs.map((pair) => {
    const [name, ...rest] = pair.split('=')
    return { name, value: rest.join('='), domain: new URL(URL_OF_CITY).hostname, path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' }
  })
}

/** A page of whoever a route names: an account, or `account@kiosk` for somebody who stands at a kiosk. */
export async function visitWhere(t, as, how = {}) {
  const [account, place] = as?.split('@') ?? []
  const page = await visit(t, { as: place === undefined ? account : undefined, ...how })
  if (place === undefined) return page
  await page.context().addCookies(await cookiesAtKiosk(account))
  // Somebody stands there all the time: a kiosk that nobody touches begins anew.
  await page.context().addInitScript(() => setInterval(() => window.dispatchEvent(new Event('scroll')), 1000))
  return page
}

async function cookie(where, body, pairs) {
  const answer = await fetch(URL_OF_CITY + where, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: pairs.join('; ') },
    body: JSON.stringify(body),
  })
  assert.equal(answer.status, 200, `${where}: ${await answer.text()}`)
  return answer.headers.getSetCookie()[0].split(';')[0]
}
