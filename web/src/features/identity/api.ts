import { api } from '@/core/http'

export function changePassword(key: string, current: string, next: string): Promise<void> {
  return api.post('/api/v1/identity/password', { current, new: next }, { key })
}
