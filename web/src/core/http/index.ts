export { useAction } from './action'
export { address, api, BACKGROUND, newKey, onUnauthenticated, onUse, type Options, type Page } from './api'
export { asProblem, Problem, UNREACHABLE, type FieldFault } from './problem'
export { upload, type UploadOptions } from './upload'
