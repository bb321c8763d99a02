/** The form in front of each list. */

import { signIn } from './api.ts';

/** Shows the form, and calls `start` with the place for the list once the system has let this browser in. */
export function afterSignIn(start: (place: HTMLElement) => void): void {
  const form = document.createElement('form');
  const field = (label: string, type: string): HTMLInputElement => {
    const input = document.createElement('input');
    input.type = type;
    input.required = true;
    const around = document.createElement('label');
    around.append(label, input);
    form.append(around);
    return input;
  };
  const user = field('User name', 'text');
  const password = field('Password', 'password');
  const button = document.createElement('button');
  button.textContent = 'Sign in';
  form.append(button);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await signIn(user.value, password.value);
    const place = document.createElement('main');
    form.replaceWith(place);
    start(place);
  });
  document.body.append(form);
}
