/** A style sheet's text, minified by the build. */
declare module "*.css" {
  const text: string;
  export default text;
}

/** File names that the build fills in. */
declare const TOOLBAR_FILE: string;
declare const FONT_FILES: Record<string, string>;
