import { mount } from '../ui/mount.tsx'
import { WithView } from '../ui/WithView.tsx'
import { Fault } from './Fault.tsx'
import '../ui/dialog.css'
import './fault.css'

mount(<WithView of="fault">{(view) => <Fault view={view} />}</WithView>)
