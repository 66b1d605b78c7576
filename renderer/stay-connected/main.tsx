import { mount } from '../ui/mount.tsx'
import { StayConnected } from './StayConnected.tsx'
import '../ui/dialog.css'
import './stay-connected.css'

void mount('stay-connected', (view) => <StayConnected view={view} />)
