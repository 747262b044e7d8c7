export { useAction } from './action'
export { address, api, newKey, onUnauthenticated, type Options, type Page } from './api'
export { asProblem, Problem, UNREACHABLE, type FieldFault } from './problem'
export { upload, type UploadOptions } from './upload'
