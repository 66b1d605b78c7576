import { mount } from '../ui/mount.tsx'
import { WithView } from '../ui/WithView.tsx'
import { Identification } from './Identification.tsx'
import '../ui/dialog.css'
import './identification.css'

mount(<WithView of="identification">{(view) => <Identification view={view} />}</WithView>)
