/** Connected systems: an endpoint is registered, tested, gets what happens to a case, and its trouble shows. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import { expects, PHONE, settled, shot, until, visit } from './city.mjs'
import { submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const arrived = []
let mood = 200
const other = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => (body += part))
  request.on('end', () => {
    arrived.push({ id: request.headers['webhook-id'], at: request.headers['webhook-timestamp'], signature: request.headers['webhook-signature'], body })
    response.writeHead(mood).end()
  })
})
await new Promise((done) => other.listen(0, '127.0.0.1', done))
after(() => other.close())
const address = `http://127.0.0.1:${other.address().port}/hook`

function isSigned(secret, message) {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const right = createHmac('sha256', key).update(`${message.id}.${message.at}.${message.body}`).digest('base64')
  return message.signature.split(' ').includes(`v1,${right}`)
}

const button = (page, key) => page.getByRole('button', { name: say('endpoint', key), exact: true })

test('an endpoint is registered, tested, and told of a case', async (t) => {
  const page = await visit(t, { as: 'admin' })
  await page.goto('/admin/endpoints')
  await settled(page)
  await shot(page, 'endpoints empty')
  await button(page, 'new').click()
  await page.getByLabel(say('endpoint', 'name'), { exact: true }).fill('市大数据局')
  await page.getByLabel(say('endpoint', 'url'), { exact: true }).fill('https://10.1.2.3/hook')
  await shot(page, 'endpoint dialog')
  expects(page, /422 .*\/apps\/endpoints/)
  await button(page, 'save').click()
  await page.getByText('该地址在内网或本机').waitFor()
  await page.getByLabel(say('endpoint', 'url'), { exact: true }).fill(address)
  await button(page, 'save').click()
  const secret = await page.locator('code.secret').textContent()
  assert.match(secret, /^whsec_/)
  await shot(page, 'endpoint secret')
  await button(page, 'done').click()
  await page.getByRole('link', { name: '市大数据局' }).click()
  await settled(page)
  await button(page, 'ping').click()
  await page.getByText('测试消息已送达').waitFor()
  assert.ok(isSigned(secret, arrived[0]))
  const scene = await submitted()
  await until('the messages of the case', () => arrived.some((message) => message.body.includes(scene.number)))
  assert.ok(arrived.every((message) => isSigned(secret, message) && !message.body.includes('张示例')))
  await page.reload()
  await page.getByText(scene.number).first().waitFor()
  await shot(page, 'endpoint')
  await page.setViewportSize(PHONE)
  await settled(page)
  await shot(page, 'endpoint phone', { fullPage: true })
})

test('trouble shows, and what was given up is sent again', async (t) => {
  const page = await visit(t, { as: 'admin' })
  mood = 500
  await page.goto('/admin/endpoints')
  await page.getByRole('link', { name: '市大数据局' }).first().click()
  await settled(page)
  await button(page, 'ping').click()
  await page.getByText('测试消息未送达').waitFor()
  await page.getByText(say('endpoint', 'failing'), { exact: true }).first().waitFor()
  await page.getByRole('tab', { name: new RegExp(say('endpoint', 'tab_dead')) }).click()
  await page.getByText('对方返回 500').filter({ visible: true }).first().waitFor()
  await shot(page, 'endpoint trouble')
  await page.getByRole('button', { name: /^详情/ }).first().click()
  await page.getByText('tongban.ping').waitFor()
  await shot(page, 'endpoint message')
  await page.keyboard.press('Escape')
  mood = 200
  const before = arrived.length
  await page.getByRole('button', { name: /^重新推送 ?$/ }).first().click()
  await until('the message again', () => arrived.length > before)
  assert.ok(arrived.slice(0, before).some((message) => message.id === arrived.at(-1).id))
  await button(page, 'rotate').click()
  await page.getByRole('dialog').getByRole('button', { name: say('endpoint', 'rotate') }).click()
  await page.getByText('原密钥在 24 小时内仍然有效').waitFor()
})
