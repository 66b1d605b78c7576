import { mount } from '../ui/mount.tsx'
import { WithView } from '../ui/WithView.tsx'
import { StayConnected } from './StayConnected.tsx'
import '../ui/dialog.css'
import './stay-connected.css'

mount(<WithView of="stay-connected">{(view) => <StayConnected view={view} />}</WithView>)
