/** The servers and browsers of Debian, where its packages put them; `cargo xtask test --only hosting` installs them. */

/** Where Debian keeps libraries of this kind of machine. */
const libraries = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;

export const nginx = '/usr/sbin/nginx';
export const nginxBrotli = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
export const caddy = '/usr/bin/caddy';
export const firefox = '/usr/bin/firefox-esr';
export const xvfb = '/usr/bin/Xvfb';
export const webkitDriver = '/usr/bin/WebKitWebDriver';
export const webkitBrowser = `${libraries}/webkit2gtk-4.1/MiniBrowser`;
