import { mount } from '../ui/mount.tsx'
import { FirstRun } from './FirstRun.tsx'
import '../ui/dialog.css'

void mount('first-run', (view) => <FirstRun view={view} />)
