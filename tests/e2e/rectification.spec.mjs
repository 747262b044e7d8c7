/** A rating of 1: the office rectifies it, somebody else calls back, and the public sees the rates. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { press, settled, shot, until, visit, person } from './city.mjs'
import { button } from './registration.mjs'
import { handle, ITEM, OFFICE, reached, submitted } from './scenes.mjs'
import { say } from './texts.mjs'

const r = (key, args) => say('rectification', key, args)
const TASKS = '/api/v1/interaction/tasks?state=open,contacted,rectified,closed,excluded'

/** A case that has come to its end. */
async function ended(account) {
  const scene = await submitted(account)
  await handle(
    scene,
    ['accept', {}], ['step', { outcome: 'pass', opinion: '材料齐全。' }], ['step', { outcome: 'pass', opinion: '同意。' }, 'head_hr'],
    ['decide', { result: 'granted', reason: '符合条件。' }, 'head_hr'], ['close', {}], ['deliver', { way: 'online' }],
  )
  return reached(scene, 'delivered')
}

const taskOf = (scene) => until(`a task for ${scene.number}`, async () => {
  const clerk = await person('clerk_hr')
  return (await clerk.get(`${TASKS}&q=${scene.number}`)).items[0]
})

/** Opens a command, fills its form and waits until it is reported done. */
async function record(page, command, fill) {
  const name = r(`command.${command}`)
  await press(button(page.getByRole('complementary'), name))
  const dialog = page.getByRole('dialog', { name })
  await fill(dialog)
  await shot(page, `rectification ${command}`)
  await press(button(dialog, name))
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('status').filter({ hasText: r('done', { action: name }) }).waitFor()
}

const choose = (dialog, label, option) => dialog.getByRole('group', { name: r(`field.${label}`) }).getByRole('radio', { name: option, exact: true }).check()
const write = (dialog, label, text) => dialog.getByRole('textbox', { name: new RegExp(`^${r(`field.${label}`)}`) }).fill(text)

test('a rating of 1 is rectified, and the citizen answers the call-back', async (t) => {
  const scene = await ended('citizen1')
  const citizen = await visit(t, { as: scene.account, phone: true })
  await citizen.goto(`/applications/${scene.id}`)
  const card = citizen.locator('#rating')
  await card.getByRole('radio', { name: r('level.1'), exact: true }).check()
  await card.getByRole('checkbox', { name: '多次往返跑' }).check()
  await card.getByRole('textbox').fill('跑了三趟才办好，打 13907310001 也没有人接。')
  await press(button(card, say('application', 'rating.submit')))
  const mine = citizen.locator('#rectification')
  await mine.getByText(new RegExp(`您的差评正在整改：${OFFICE} .*前联系您`)).waitFor()
  await shot(citizen, 'rectification citizen open 390', { fullPage: true })

  const task = await taskOf(scene)
  const clerk = await visit(t, { as: 'clerk_hr' })
  await clerk.goto('/desk/rectifications')
  await clerk.getByRole('link', { name: scene.number }).waitFor()
  await settled(clerk)
  await shot(clerk, 'rectification list 1440')
  await press(clerk.getByRole('link', { name: scene.number }))
  await clerk.getByText('跑了三趟才办好').waitFor()
  await shot(clerk, 'rectification task 1440', { fullPage: true })
  const contact = r('command.contact')
  await press(button(clerk.getByRole('complementary'), contact))
  await press(button(clerk.getByRole('dialog'), contact))
  await clerk.getByText(r('choose', { what: r('field.way') })).waitFor()
  await press(button(clerk.getByRole('dialog'), r('cancel')))
  await record(clerk, 'contact', async (dialog) => {
    await choose(dialog, 'way', r('way.phone'))
    await choose(dialog, 'reached', r('reached.yes'))
    await write(dialog, 'words_contact', '已致歉，核实是窗口没有一次告知材料。')
  })
  await record(clerk, 'rectify', async (dialog) => {
    await write(dialog, 'findings', '窗口人员没有一次告知全部材料，值班电话无人接听。')
    await write(dialog, 'measures', '对当事人批评教育，修改一次性告知单，值班电话转移到手机。')
    await write(dialog, 'result', '已修改告知单并安排专人值守电话，感谢您的监督。')
  })
  await clerk.getByText('承办人不能回访自己整改的差评').waitFor()
  await shot(clerk, 'rectification rectified 1440', { fullPage: true })

  // The citizen hears of it on his open page, and is not satisfied yet.
  await mine.getByText('您现在是否满意').waitFor()
  await mine.getByText('安排专人值守电话').waitFor()
  await shot(citizen, 'rectification citizen asked 390', { fullPage: true })
  await mine.getByRole('radio', { name: r('level.2'), exact: true }).check()
  await press(button(mine, r('mine.submit')))
  await mine.getByText('正在重新整改').waitFor()

  await clerk.reload()
  await clerk.getByText(r('round', { n: 2 })).first().waitFor()
  await record(clerk, 'contact', async (dialog) => {
    await choose(dialog, 'way', r('way.visit'))
    await choose(dialog, 'reached', r('reached.yes'))
  })
  await record(clerk, 'rectify', async (dialog) => {
    await write(dialog, 'findings', '告知单已修改，但窗口没有公示。')
    await write(dialog, 'measures', '在窗口和网上同时公示。')
    await write(dialog, 'result', '新告知单已在窗口和网上公示。')
  })

  const centre = await visit(t, { as: 'operator_city' })
  await centre.goto(`/desk/rectifications/${task.id}`)
  await record(centre, 'call_back', async (dialog) => {
    await choose(dialog, 'level', r('level.4'))
    await write(dialog, 'words_call', '群众表示认可。')
  })
  await centre.getByText(r('outcome.satisfied')).first().waitFor()
  await shot(centre, 'rectification closed 1440', { fullPage: true })
  await mine.getByText('整改已办结，您的回访评价：满意').waitFor()
  await citizen.getByText('您对这次服务的评价').or(citizen.locator('#rating').getByText(r('level.1'))).first().waitFor()
  await shot(citizen, 'rectification citizen closed 390', { fullPage: true })

  // Words are public only after somebody has read them.
  await centre.goto('/desk/words')
  await centre.getByText('跑了三趟才办好').first().waitFor()
  await shot(centre, 'rectification words 1440', { fullPage: true })
  await press(button(centre.getByRole('main'), r('words.publish')).first())
  await centre.getByText(r('words.empty')).waitFor()
  for (const [name, phone] of [['1440', false], ['390', true]]) {
    const anybody = await visit(t, { phone })
    await anybody.goto('/rating')
    await anybody.getByText('打 *********** 也没有人接').waitFor()
    await anybody.getByRole('cell', { name: OFFICE }).waitFor()
    await shot(anybody, `rates ${name}`, { fullPage: true })
  }
})

test('a rating that should not count is decided by another organisation', async (t) => {
  const scene = await ended('citizen2')
  const citizen = await person(scene.account)
  await citizen.post(`/api/v1/intake/applications/${scene.id}/rating`, { level: 2, tags: ['system_hard_to_use'], comment: '' })
  const task = await taskOf(scene)
  const clerk = await visit(t, { as: 'clerk_hr', phone: true })
  await clerk.goto(`/desk/rectifications/${task.id}`)
  await record(clerk, 'appeal', async (dialog) => {
    await choose(dialog, 'ground', r('ground.wrong_object'))
    await write(dialog, 'words_appeal', '群众反映的是银行网点的系统，不是本单位的服务。')
  })
  await shot(clerk, 'rectification appealed 390', { fullPage: true })
  const centre = await visit(t, { as: 'operator_city' })
  await centre.goto('/desk/rectifications?show=appealed')
  await press(centre.getByRole('link', { name: scene.number }))
  await record(centre, 'decide_appeal', async (dialog) => {
    await choose(dialog, 'upheld', r('upheld.yes'))
    await write(dialog, 'words_decide', '评价对象不是政务服务机构。')
  })
  const owner = await visit(t, { as: scene.account })
  await owner.goto(`/applications/${scene.id}`)
  await owner.locator('#rectification').getByText('评价对象不是政务服务机构').waitFor()
  await shot(owner, 'rectification excluded 1440', { fullPage: true })
})

test('a link on paper rates once; the counter device has three buttons', async (t) => {
  const scene = await ended('citizen1')
  const clerk = await visit(t, { as: 'clerk_hr' })
  await clerk.goto(`/desk/cases/${scene.caseId}?scope=all`)
  await settled(clerk)
  await press(button(clerk.getByRole('main'), r('invite.qr')))
  await clerk.getByRole('img', { name: r('invite.code') }).waitFor()
  await shot(clerk, 'rating link qr 1440', { fullPage: true })
  await press(button(clerk.getByRole('main'), r('invite.device')))
  await clerk.getByRole('img', { name: r('invite.code') }).waitFor({ state: 'hidden' })
  const where = await clerk.getByRole('link', { name: r('invite.open') }).getAttribute('href')
  await shot(clerk, 'rating link 1440', { fullPage: true })

  const device = await visit(t, { size: { width: 1024, height: 768 } })
  await device.goto(where)
  await device.getByText(ITEM.name).waitFor()
  assert.equal(await device.locator('.press').count(), 3)
  await shot(device, 'rating device')
  await press(button(device.getByRole('main'), r('level.5')))
  await device.getByText(say('rates', 'link.thanks'), { exact: true }).waitFor()
  const citizen = await person(scene.account)
  await until('the rating', async () => (await citizen.get(`/api/v1/intake/applications/${scene.id}`)).rating?.level === 5)
})
