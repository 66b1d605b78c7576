import { mount } from '../ui/mount.tsx'
import { FirstRun } from './FirstRun.tsx'
import '../ui/dialog.css'
import './first-run.css'

void mount('first-run', (view) => <FirstRun view={view} />)
