/** A style sheet's text, minified by the build. */
declare module "*.css" {
  const text: string;
  export default text;
}

/** The file name that the build fills in. */
declare const TOOLBAR_FILE: string;
