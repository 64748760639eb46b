"""Every word of the interface, in French, with the no-break spaces that its typography asks for."""
