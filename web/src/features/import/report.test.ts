import { expect, it } from 'vitest'
import { csvOf, linesOf } from './report'

const report = {
  dry_run: true, imported: 1, updated: 0, unchanged: 0, merged: 0, departments: 0,
  warnings: [{ row: 3, code: 'w', args: {}, message: '编码“A,B”无效' }],
  rejected: [
    { row: 9, code: 'r', args: {}, message: '=HYPERLINK("x")' },
    { row: 2, code: 'r2', args: {}, message: '' },
  ],
}
const csv = csvOf(report, ['行号', '类别', '原因', '代码'], { rejected: '未导入', warnings: '提示' })

it('goes by the rows of the file', () => expect(linesOf(report).map((line) => line.row)).toEqual([2, 3, 9]))

it('is read as UTF-8, splits no cell and runs no formula', () => {
  expect(csv.startsWith('\ufeff行号,类别,原因,代码\r\n')).toBe(true)
  expect(csv).toContain('3,提示,"编码“A,B”无效",w\r\n')
  expect(csv).toContain('9,未导入,"\'=HYPERLINK(""x"")",r\r\n')
  expect(csv).toContain('2,未导入,r2,r2\r\n')
})
