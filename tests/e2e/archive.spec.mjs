/** 归档: the archivist sets fonds and retention, a clerk lists closed cases and hands them over, the archivist receives them. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { expects, person, press, settled, shot, visit } from './city.mjs'
import { button } from './registration.mjs'
import { handle, reached, submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const a = (key, args) => say('archive', key, args)
const CASES = '/api/v1/approval/cases'

async function finished() {
  const scene = await handle(
    await submitted(),
    ['accept', {}], ['step', { outcome: 'pass', opinion: '材料齐全。' }], ['step', { outcome: 'pass', opinion: '同意。' }, 'head_hr'],
    ['decide', { result: 'granted', reason: '符合条件。' }, 'head_hr'], ['close', {}], ['deliver', { way: 'online' }],
  )
  return reached(scene, 'delivered')
}

/** What the unpacked package says of itself, by a tool that knows nothing of us. */
async function sums(path) {
  const { stdout } = await promisify(execFile)('unzip', ['-p', path, 'manifest.xml'])
  return stdout
}

test('closed cases are packed, handed over and received', async (t) => {
  const [first, second] = [await finished(), await finished()]

  const archivist = await visit(t, { as: 'archivist_hr' })
  expects(archivist, /422/)
  await archivist.goto('/desk/archive?show=settings')
  await settled(archivist)
  await archivist.getByLabel(a('fonds'), { exact: true }).fill('Z109')
  await archivist.getByLabel(a('pattern'), { exact: true }).fill('{fonds}-{year}')
  await press(button(archivist, a('keep')).first())
  await archivist.locator('.field.wrong').waitFor()
  await shot(archivist, 'archive pattern wrong')
  await archivist.getByLabel(a('pattern'), { exact: true }).fill('{fonds}-{category}·{year}-{retention}-{serial:4}')
  await press(button(archivist, a('keep')).first())
  await archivist.getByText(/^Z109-ZW·\d{4}-D30-0001$/).waitFor()
  await press(archivist.getByRole('button', { name: a('change_of', { name: a('type.20') }) }))
  const rule = archivist.getByRole('dialog')
  await rule.getByText(a('retention.thirty_years'), { exact: true }).click()
  await press(button(rule, a('keep')))
  await rule.getByText(a('basis_required')).waitFor()
  await rule.getByLabel(a('basis'), { exact: true }).fill('芙人社发〔2026〕3号保管期限表第12条')
  await press(button(rule, a('keep')))
  await rule.waitFor({ state: 'hidden' })
  await archivist.getByText(/芙人社发〔2026〕3号/).waitFor()
  await settled(archivist)
  await shot(archivist, 'archive settings', { fullPage: true })

  const clerk = await visit(t, { as: 'clerk_hr' })
  await clerk.goto('/desk/archive?retention=permanent')
  await clerk.getByText(a('none'), { exact: true }).waitFor()
  await shot(clerk, 'archive empty')
  await clerk.goto('/desk/archive')
  await settled(clerk)
  for (const scene of [first, second]) await clerk.getByRole('row').filter({ hasText: scene.number }).getByRole('checkbox').check()
  await shot(clerk, 'archive waiting', { fullPage: true })
  await press(button(clerk, a('make', { n: 2 })))
  await clerk.waitForURL(/\/archive\/[0-9a-f-]+$/)
  await clerk.getByText(a('stand.built')).waitFor({ timeout: 60_000 })
  await settled(clerk)
  await shot(clerk, 'archive list built', { fullPage: true })
  await press(button(clerk, a('go.hand-over')))
  const confirm = clerk.getByRole('dialog')
  await press(button(confirm, a('go.hand-over')))
  await confirm.waitFor({ state: 'hidden' })
  const list = clerk.url()

  await archivist.goto(list)
  await archivist.getByText(/各包已核验无误/).waitFor({ timeout: 60_000 })
  await archivist.getByRole('row').filter({ hasText: second.number }).getByRole('checkbox').check()
  await press(button(archivist, a('go.return', { n: 1 })))
  const back = archivist.getByRole('dialog')
  await back.getByLabel(a('why_return'), { exact: true }).fill('缺一页签字，请补扫后重交')
  await shot(archivist, 'archive return dialog')
  await press(button(back, a('go.return', { n: 1 })))
  await back.waitFor({ state: 'hidden' })
  await press(button(archivist, a('go.receive')))
  const receive = archivist.getByRole('dialog')
  await press(button(receive, a('go.receive')))
  await receive.waitFor({ state: 'hidden' })
  await archivist.getByText(/清单中的办件已归档/).waitFor()
  await settled(archivist)
  await shot(archivist, 'archive list received', { fullPage: true })
  const paper = await archivist.request.get(`${await archivist.getByRole('link', { name: a('paper') }).getAttribute('href')}`)
  assert.match(paper.headers()['content-type'], /pdf/)

  const head = await visit(t, { as: 'head_hr' })
  await head.goto(`/desk/cases/${first.caseId}?scope=all`)
  await head.getByText(a('case.received'), { exact: true }).first().waitFor()
  await head.getByText(/Z109-ZW·\d{4}-D30-\d{4}/).first().waitFor()
  await settled(head)
  await shot(head, 'archive case')
  await press(button(head, a('take.one')))
  const take = head.getByRole('dialog')
  await take.getByLabel(a('take.reason'), { exact: true }).fill('区档案馆年度抽检')
  const [download] = await Promise.all([head.waitForEvent('download'), button(take, a('take.go')).click()])
  assert.match(download.suggestedFilename(), /^Z109-ZW.*\.zip$/)
  const xml = await sums(await download.path())
  assert.match(xml, new RegExp(first.number))
  assert.match(xml, /<档号>Z109-ZW·/)

  // What was sent back waits again.
  const staff = await person('clerk_hr')
  assert.equal((await staff.get(`${CASES}/${first.caseId}/archive`)).state, 'received')
  assert.equal(await staff.get(`${CASES}/${second.caseId}/archive`), null)

  const phone = await visit(t, { as: 'archivist_hr', phone: true })
  for (const [name, path] of [['waiting', '/desk/archive'], ['done', '/desk/archive?show=done'], ['settings', '/desk/archive?show=settings'], ['list', new URL(list).pathname]]) {
    await phone.goto(path)
    await settled(phone)
    const over = await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.equal(over, 0, `${path} is wider than the phone`)
    await shot(phone, `archive phone ${name}`, { fullPage: true })
  }
})
