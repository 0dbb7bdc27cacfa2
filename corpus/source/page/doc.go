// Package page finds the article in a web page.
package page
