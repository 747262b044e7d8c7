/** One application from the search to the receipt without a mouse: focus is always seen, never lost. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD, settled, shot, until, visit } from './city.mjs'
import { button, clearDrafts, heading } from './registration.mjs'
import { ITEM, PROOF, proof } from './scenes.mjs'
import { say } from './texts.mjs'

const MOST_STOPS = 60

test('an application is filled in and submitted by keyboard alone', async (t) => {
  await clearDrafts('citizen2')
  const page = await visit(t)
  // The browser hands the choice of a file over only while somebody listens, and hears of it late.
  page.on('filechooser', () => undefined)
  await page.goto('/')
  await settled(page)
  const keys = keyboardOf(page)

  await keys.to(page.getByRole('combobox', { name: say('item', 'search.label') }).first())
  await page.keyboard.type('sydj')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await keys.arrives(heading(page, ITEM.name))

  await keys.choose('您目前是哪种情况？', '没有工作，想找工作')
  await keys.choose('您现在常住在哪里？', '芙蓉区，户籍也在芙蓉区')
  await keys.choose('您为什么失业？', '与用人单位终止或者解除劳动关系')
  await keys.press(button(page, say('guide', 'apply')).locator('visible=true').first())

  await keys.arrives(heading(page, say('identity', 'login.title')))
  await keys.type(page.getByLabel(say('identity', 'login.account')), 'citizen2')
  await keys.type(page.getByLabel(say('identity', 'login.password'), { exact: true }), PASSWORD)
  await page.keyboard.press('Enter')
  await keys.arrives(heading(page, say('wizard', 'apply.title', { item: ITEM.name })))
  await keys.press(button(page, say('wizard', 'apply.start')))
  await keys.arrives(heading(page, ITEM.name))
  await keys.press(button(page, say('wizard', 'list.go_on')))

  await person(page, keys)
  await unemployment(page, keys)
  await keys.arrives(heading(page, '求职与培训意愿'))
  await keys.press(button(page, say('wizard', 'form_done')))
  await materials(page, keys)

  await keys.arrives(heading(page, say('wizard', 'step.check')))
  await keys.to(page.getByRole('checkbox', { name: say('wizard', 'check.promise') }))
  await page.keyboard.press('Space')
  await keys.press(button(page, say('wizard', 'check.submit')))
  await keys.arrives(heading(page, say('application', 'receipt.title')))
  await shot(page, 'keyboard receipt')
})

async function person(page, keys) {
  await keys.arrives(heading(page, '申请人基本情况'))
  await keys.choose('户籍', '长沙市其他区县户籍')
  await keys.select(say('form', 'level.district'), '芙蓉区')
  await keys.select(say('form', 'level.town'), '文艺路街道')
  await keys.select(say('form', 'level.community'), '识字里社区居委会')
  await keys.type(page.getByLabel('详细地址'), '八一路 1 号')
  await keys.select('学历', '高中')
  await keys.press(button(page, say('form', 'next')))
}

async function unemployment(page, keys) {
  await keys.arrives(heading(page, '失业情况'))
  await keys.choose('以前是否就业过', '否')
  await keys.select('失业原因', '被单位解除劳动合同')
  await keys.press(button(page, say('form', 'next')))
}

async function materials(page, keys) {
  await keys.arrives(heading(page, say('wizard', 'step.materials')))
  await keys.to(page.getByRole('region', { name: PROOF.name }).locator('input[type=file]'))
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')])
  await chooser.setFiles(await proof())
  await button(page, say('ui', 'upload.remove', { name: '离职证明.jpg' })).waitFor()
  await keys.press(button(page, say('wizard', 'next')))
}

/** Hands that know only keys: every stop on the way must be seen. */
function keyboardOf(page) {
  async function to(locator) {
    await locator.waitFor({ state: 'attached' })
    await until('focus to be somewhere', () => stop(page).then((one) => one.name !== 'BODY' || page.url().endsWith('/')))
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      if (await locator.evaluate((one) => one === document.activeElement)) return
      await page.keyboard.press('Tab')
      const { name, seen, html } = await stop(page)
      assert.ok(name === 'BODY' || seen, `focus is not seen on ${html}`)
    }
    assert.fail(`${locator} is not reached by Tab`)
  }
  return {
    to,
    /** A page or part has come and took the focus along. */
    arrives: async (locator) => {
      await locator.waitFor()
      await until(`focus after ${locator}`, async () => (await stop(page)).name !== 'BODY')
    },
    press: async (locator) => {
      await to(locator)
      await page.keyboard.press('Enter')
    },
    type: async (locator, words) => {
      await to(locator)
      await page.keyboard.type(words)
    },
    choose: async (question, answer) => {
      const radios = page.getByRole('group', { name: question }).getByRole('radio')
      const wanted = page.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true })
      await to(radios.first())
      await page.keyboard.press('Space')
      for (let at = await radios.count(); at > 0 && !(await wanted.isChecked()); at -= 1) await page.keyboard.press('ArrowDown')
      assert.ok(await wanted.isChecked(), answer)
    },
    select: async (label, option) => {
      const box = page.getByRole('combobox', { name: label })
      await to(box)
      const chosen = () => box.evaluate((one) => one.selectedOptions[0]?.label)
      for (let at = await box.locator('option').count(); at > 0 && (await chosen()) !== option; at -= 1) await page.keyboard.press('ArrowDown')
      assert.equal(await chosen(), option)
    },
  }
}

/** Where focus is, and whether somebody who looks at the page can tell. */
function stop(page) {
  return page.evaluate(() => {
    const one = document.activeElement ?? document.body
    const drawn = (part) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part)
      const { width, height } = part.getBoundingClientRect()
      return width > 4 && height > 4 && ((outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none')
    }
    // A hidden input lends its ring to the label or button beside it.
    const carriers = [one, one.nextElementSibling, one.closest('label')].filter(Boolean)
    const ring = carriers.find(drawn)
    const box = ring?.getBoundingClientRect()
    const inside = box && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
    return { name: one.nodeName, seen: Boolean(inside), html: one.outerHTML.slice(0, 200) }
  })
}
