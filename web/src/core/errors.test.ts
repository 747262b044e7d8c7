import { expect, it } from 'vitest'
import { explain } from './errors'
import { Problem } from './http'

const forbidden = (permission: string) =>
  explain(new Problem({ code: 'http.forbidden', status: 403, detail: `您没有办理此项操作的权限（需要：${permission}）。`, args: { permission } })).what

it('tells nobody the key of a permission', () => {
  expect(forbidden('intake.application.read')).toBe('您的账号没有申请事项的权限，请使用个人或企业账号登录后办理')
  expect(forbidden('catalogue.item.write')).toBe('您没有办理这项业务的权限')
})

it('leaves the other words to the server, which knows the post that is needed', () => {
  expect(explain(new Problem({ code: 'approval.second_notice_by_head', status: 403, detail: '再次要求补正须由部门负责人办理。' })).what).toBe('再次要求补正须由部门负责人办理。')
})
