import { mount } from '../ui/mount.tsx'
import { Restore } from './Restore.tsx'
import '../ui/dialog.css'
import './restore.css'

void mount('restore', (view) => <Restore view={view} />)
