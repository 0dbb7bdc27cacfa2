package telegram
