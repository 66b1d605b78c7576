import { mount } from '../ui/mount.tsx'
import { Closing } from './Closing.tsx'
import '../ui/dialog.css'

void mount('closing', (view) => <Closing view={view} />)
