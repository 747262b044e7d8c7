/** A licence: issued when its case is closed, shown by its holder, verified by anybody by the code on it. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import jsQR from 'jsqr'
import { expects, person, press, settled, shot, until, visit } from './city.mjs'
import { button } from './registration.mjs'
import { licensed } from './scenes.mjs'
import { say } from './texts.mjs'

/** What a camera would read off the page: the shape that the page draws, as pixels. */
async function scanned(code) {
  const { width, height, data } = await code.evaluate((svg) => {
    const side = svg.viewBox.baseVal.width
    const [width, height] = [side * 8, side * 8]
    const drawn = new OffscreenCanvas(width, height).getContext('2d')
    drawn.fillStyle = 'white'
    drawn.fillRect(0, 0, width, height)
    drawn.scale(8, 8)
    drawn.fillStyle = 'black'
    drawn.fill(new Path2D(svg.querySelector('path').getAttribute('d')))
    const { data } = drawn.getImageData(0, 0, width, height)
    let text = ''
    for (const byte of data) text += String.fromCharCode(byte)
    return { width, height, data: btoa(text) }
  })
  return jsQR(new Uint8ClampedArray(Buffer.from(data, 'base64')), width, height)?.data
}

/** What a phone would read off the printed sheet: its first page at 200 dots per inch. */
function printed(pdf) {
  const page = execFileSync('pdftoppm', ['-r', '200', '-singlefile', '-'], { input: pdf, maxBuffer: 64 << 20 })
  const [, width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(page.toString('latin1', 0, 64)).map(Number)
  const rgb = page.subarray(page.length - width * height * 3)
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let at = 0; at < width * height; at += 1) rgba.set(rgb.subarray(at * 3, at * 3 + 3), at * 4)
  return jsQR(rgba, width, height)?.data
}

test('licence verified by its QR', async (t) => {
  const licence = await licensed()

  const holder = await visit(t, { as: 'citizen1' })
  await holder.goto(`/applications/${licence.scene.id}`)
  await settled(holder)
  await holder.getByRole('heading', { name: say('licence', 'of_case') }).waitFor()
  await shot(holder, 'licence of the case', { fullPage: true })
  await holder.goto('/licences')
  await settled(holder)
  await press(holder.getByRole('link', { name: licence.number }))
  await holder.getByText(say('licence', 'show_hint')).waitFor()

  await holder.locator('canvas').first().waitFor()
  const address = await scanned(holder.getByRole('img', { name: say('licence', 'code') }))
  assert.match(address, /^http:\/\/[^/]+\/verify\/[\w-]{24}$/)
  await shot(holder, 'licence of mine', { fullPage: true })
  const citizen = await person('citizen1')
  assert.equal(printed(await citizen.file(`/api/v1/licence/mine/${licence.id}/file`)), address)

  for (const phone of [false, true]) {
    const anybody = await visit(t, { phone })
    await anybody.goto(new URL(address).pathname)
    await anybody.getByText(say('licence', 'verdict.valid')).waitFor()
    await settled(anybody)
    const page = await anybody.getByRole('main').innerText()
    assert.ok(page.includes('护士执业证书') && page.includes(licence.number))
    assert.ok(page.includes('长沙某医院'), 'the place of practice is for everybody')
    assert.ok(!page.includes('张示例') && page.includes('张*例'), 'the holder is masked')
    await shot(anybody, `licence verified ${phone ? 'phone' : 'pc'}`, { fullPage: true })
  }

  const doubtful = await visit(t)
  expects(doubtful, /404/)
  await doubtful.goto('/verify/AAAAAAAAAAAAAAAAAAAAAAAA')
  await doubtful.getByText(say('licence', 'verdict.not_ours')).waitFor()
  await shot(doubtful, 'licence not ours')
  await press(doubtful.getByRole('link', { name: say('licence', 'verify_another') }))
  await doubtful.getByLabel(say('licence', 'number')).fill(licence.number)
  await doubtful.getByLabel(say('licence', 'end')).fill('例')
  await press(button(doubtful.getByRole('main'), say('licence', 'verify_submit')))
  await doubtful.getByText(say('licence', 'verdict.valid')).waitFor()
})

test('staff find a licence, and an administrator changes its type', async (t) => {
  const licence = await licensed()
  const clerk = await visit(t, { as: 'clerk_city_health' })
  await clerk.goto(`/desk/cases/${licence.scene.caseId}?scope=all`)
  await settled(clerk)
  await press(clerk.getByRole('tab', { name: say('case', 'tab.papers') }))
  await clerk.getByText(licence.number).waitFor()
  await shot(clerk, 'licence on the desk')
  await clerk.goto('/desk/licences')
  await clerk.getByLabel(say('licence', 'search_for')).fill(licence.number)
  await press(button(clerk.getByRole('main'), say('licence', 'search_submit')))
  await until('one hit', async () => (await clerk.getByRole('row').count()) === 2)
  await shot(clerk, 'licence search')

  const admin = await visit(t, { as: 'admin' })
  expects(admin, /422/)
  await admin.goto('/admin/licence-types')
  await settled(admin)
  await shot(admin, 'licence types')
  await press(button(admin.getByRole('main'), '护士执业证书'))
  const dialog = admin.getByRole('dialog')
  await dialog.getByLabel(say('licence', 'rule'), { exact: true }).fill('{year}')
  await press(button(dialog, say('licence', 'save')))
  await dialog.getByText('编号规则必须包含').waitFor()
  await shot(admin, 'licence type refused')
  await dialog.getByLabel(say('licence', 'rule'), { exact: true }).fill('护{year}{serial}')
  await press(button(dialog, say('licence', 'save')))
  await dialog.waitFor({ state: 'hidden' })
  await admin.getByRole('row').filter({ hasText: '护士执业证书' }).getByText('2', { exact: true }).waitFor()
  const next = await licensed('citizen2')
  assert.match(next.number, /^护\d{4}\d{6}$/)
})

test('a revocation hears its holder, another person decides, and the code says so', async (t) => {
  const licence = await licensed()
  const desk = `/desk/licences/${licence.id}`
  const clerk = await visit(t, { as: 'clerk_city_health' })
  await clerk.goto(desk)
  await settled(clerk)
  await press(button(clerk.getByRole('main'), say('licence', 'change.act.propose')))
  const proposal = clerk.getByRole('dialog')
  await press(proposal.getByRole('radio', { name: say('licence', 'change.kind.revoke') }))
  await proposal.getByLabel(say('licence', 'change.reason')).fill('实习证明经核查不属实。')
  await proposal.getByLabel(say('licence', 'change.basis')).fill('《中华人民共和国行政许可法》第六十九条')
  await press(button(proposal, say('licence', 'change.send')))
  await proposal.waitFor({ state: 'hidden' })

  const head = await visit(t, { as: 'head_city_health' })
  expects(head, /409/)
  const decide = async (reason) => {
    await press(button(head.getByRole('main'), say('licence', 'change.act.decide')))
    const dialog = head.getByRole('dialog')
    await press(dialog.getByRole('radio', { name: say('licence', 'change.decide.granted'), exact: true }))
    await dialog.getByLabel(say('licence', 'change.reason')).fill(reason)
    await press(button(dialog, say('licence', 'change.send')))
    return dialog
  }
  await head.goto(desk)
  await settled(head)
  const early = await decide('事实清楚。')
  await early.getByText('持证人还可以陈述申辩').waitFor()
  await shot(head, 'licence decided too early')

  const holder = await visit(t, { as: 'citizen1' })
  await holder.goto(`/licences/${licence.id}`)
  await holder.getByText(say('licence', 'change.notice')).waitFor()
  await press(button(holder.getByRole('main'), say('licence', 'change.act.answer')))
  const answer = holder.getByRole('dialog')
  await answer.getByLabel(say('licence', 'change.statement')).fill('实习属实，请向医院核实。')
  await press(button(answer, say('licence', 'change.send')))
  await answer.waitFor({ state: 'hidden' })
  await holder.getByText('实习属实，请向医院核实。').waitFor()
  await shot(holder, 'licence holder heard', { fullPage: true })

  await head.reload()
  await head.getByText('实习属实，请向医院核实。').waitFor()
  const late = await decide('经核实，撤销。')
  await late.waitFor({ state: 'hidden' })
  await head.getByText(say('licence', 'standing.revoked'), { exact: true }).first().waitFor()
  await shot(head, 'licence revoked', { fullPage: true })

  await holder.reload()
  await press(holder.getByRole('link', { name: say('licence', 'verify_self') }))
  await holder.getByText(say('licence', 'verdict.revoked')).waitFor()
  await shot(holder, 'licence revoked verified', { fullPage: true })
})
