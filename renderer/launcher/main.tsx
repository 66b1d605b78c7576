import { mount } from '../ui/mount.tsx'
import { WithView } from '../ui/WithView.tsx'
import { Launcher } from './Launcher.tsx'
import './launcher.css'

mount(<WithView of="launcher">{(view) => <Launcher view={view} />}</WithView>)
