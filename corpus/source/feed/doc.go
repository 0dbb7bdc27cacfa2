// Package feed polls feeds of articles.
package feed
