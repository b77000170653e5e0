/** A style sheet's number among all. */
declare module "*.css" {
  const place: number;
  export default place;
}

/** The texts of all style sheets, minified by the build. */
declare module "sheets" {
  const texts: readonly string[];
  export default texts;
}

/** What the build fills in: the files of the bar and of all style sheets, and the name of `mount` in the first. */
declare const CORE_FILE: string;
declare const STYLES_FILE: string;
declare const MOUNT: string;
