// Package fetch gets pages and feeds from the web, safely.
package fetch
