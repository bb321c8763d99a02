/** The list with React, TanStack Table and TanStack Virtual. */

import '../common/page.css';
import { createRoot } from 'react-dom/client';
import { settings } from '../common/settings.ts';
import { afterSignIn } from '../common/sign-in.ts';
import { List } from './list.tsx';

afterSignIn((place) => {
  createRoot(place).render(<List settings={settings()} />);
});
