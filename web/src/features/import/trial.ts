/** A file, tried or taken in for real, with the one wish that its kind of import knows. */
export interface Trial {
  file: File
  flag: boolean
  dryRun: boolean
}
