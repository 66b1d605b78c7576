import { mount } from '../ui/mount.tsx'
import { WithView } from '../ui/WithView.tsx'
import { Veil } from './Veil.tsx'
import './veil.css'

mount(<WithView of="veil">{(view) => <Veil view={view} />}</WithView>)
