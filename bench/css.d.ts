/** Style sheets, which esbuild puts beside the script. */
declare module '*.css';
