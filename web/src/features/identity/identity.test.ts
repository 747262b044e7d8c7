import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useSession } from '@/core/session'
import ForbiddenPage from '@/features/shell/ForbiddenPage.vue'
import AccountMenu from './AccountMenu.vue'
import LoginForm from './LoginForm.vue'
import { minutes, passwordFaults } from './model'
import SessionWatch from './SessionWatch.vue'

const answer = vi.fn<() => Response>()

beforeEach(() => {
  document.body.innerHTML = ''
  setActivePinia(createPinia())
  vi.stubGlobal('fetch', () => Promise.resolve(answer()))
})
afterEach(() => vi.unstubAllGlobals())

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })

async function tryToSignIn(account: string, password: string) {
  const page = mount(LoginForm, { attachTo: document.body })
  const [first, second] = page.findAll('input')
  await first?.setValue(account)
  await second?.setValue(password)
  await page.get('form').trigger('submit')
  await flushPromises()
  return page
}

describe('signing in', () => {
  it('asks for what is missing without asking the server', async () => {
    const page = await tryToSignIn('clerk', '')
    expect(page.text()).toContain('请填写密码')
    expect(document.activeElement).toBe(page.findAll('input')[1]?.element)
    expect(answer).not.toHaveBeenCalled()
  })

  it.each([
    [401, {}, '账号或密码不正确，请重新输入。'],
    [429, { detail: '连续输错 5 次，账号已锁定，请 15 分钟后再试。' }, '账号已锁定，请 15 分钟后再试'],
    [423, {}, '账号已临时锁定'],
    [429, { code: 'identity.locked', detail: '请在 900 秒后再试。', args: { seconds: '900' } }, '请 15 分钟后再试'],
    [429, { code: 'identity.locked', detail: '请在 42 秒后再试。', args: { seconds: '42' } }, '请 42 秒后再试'],
    [500, { request_id: 'r-9' }, 'r-9'],
  ])('says what is wrong after %i and takes focus', async (status, body, words) => {
    answer.mockImplementation(() => json(body, status))
    const page = await tryToSignIn('clerk', 'wrong')
    const alert = page.get('[role="alert"]')
    expect(alert.text()).toContain(words)
    expect(document.activeElement).toBe(alert.element)
    expect(page.emitted('done')).toBeUndefined()
  })

  it('goes on and forgets the password', async () => {
    const account = { id: '1', name: '王小芳', kind: 'person', roles: [] }
    answer.mockImplementation(() => json({ account, permissions: [], expires_at: '2099-01-01T00:00:00Z' }))
    const page = await tryToSignIn('wang', 'right')
    expect(page.emitted('done')).toHaveLength(1)
    expect(page.findAll('input')[1]?.element.value).toBe('')
  })

  it('shows the password on request', async () => {
    const page = await tryToSignIn('wang', '')
    await page.get('.eye').trigger('click')
    expect(page.findAll('input')[1]?.attributes('type')).toBe('text')
    expect(page.get('.eye').attributes('aria-label')).toBe('隐藏密码')
  })
})

describe('the end of a session', () => {
  beforeEach(() => void answer.mockImplementation(() => json({}, 500)))

  it('hides the page from whoever stands there now, and lets him be rid of it', async () => {
    const session = useSession()
    session.status = 'expired'
    const page = mount(SessionWatch, { attachTo: document.body })
    await flushPromises()
    expect(page.get('dialog[open]').classes()).toContain('opaque')
    const away = page.findAll('dialog[open] button').find((one) => one.text() === '不是本人，离开此页')
    answer.mockImplementation(() => new Response(null, { status: 204 }))
    await away?.trigger('click')
    await flushPromises()
    expect(session.status).toBe('anonymous')
  })

  it.each([['menu', AccountMenu, '退出登录'], ['page of a refusal', ForbiddenPage, '换个账号登录']] as const)('says in the %s that signing out failed', async (_name, part, words) => {
    const session = useSession()
    session.status = 'signed_in'
    const router = createRouter({ history: createMemoryHistory(), routes: ['home', 'password'].map((name) => ({ path: `/${name}`, name, component: {} })) })
    await router.push('/home')
    const page = mount(part as Component, { props: { label: '王小芳' }, global: { plugins: [router] } })
    await page.findAll('button').find((one) => one.text() === words)?.trigger('click')
    await flushPromises()
    expect(page.get('[role="alert"]').text()).toContain('没有退出成功')
    expect(session.status).toBe('signed_in')
  })
})

it.each([
  [{ current: '', next: 'long enough', again: 'long enough' }, ['current_missing']],
  [{ current: 'a', next: 'short', again: 'short' }, ['short']],
  [{ current: 'long enough', next: 'long enough', again: 'long enough' }, ['same']],
  [{ current: 'a', next: 'long enough', again: 'long enougH' }, ['differ']],
  [{ current: 'a', next: 'long enough', again: 'long enough' }, []],
])('judges a new password: %j', (entry, faults) => expect(passwordFaults(entry).map((one) => one.fault)).toEqual(faults))

it('counts down in minutes', () => expect([120, 65, 0].map(minutes)).toEqual(['2:00', '1:05', '0:00']))
