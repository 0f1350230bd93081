"""Compiled templates: a Word template turned into code once, printed from thousands of times.

`build` goes all the way from the parts to what is kept: `prepare` lets docxtpl prepare the parts,
`shape` proves what their structure may become, `generate` writes the code, `archive` lays out the
package around it, `store` keeps all that; `template` is what prints. Whatever is not proven goes
through docxtpl itself.
"""
