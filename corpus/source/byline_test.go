package source

import "testing"

func TestIsByline(t *testing.T) {
	tests := []struct {
		line string
		want bool
	}{
		{"By Jane Doe", true},
		{"BY JANE DOE AND JOHN ROE", true},
		{"By Jane van Doe, John Roe", true},
		{"By: Jane Doe", true},
		{"by Jane Doe | Valley Voice", true},
		{"By a correspondent", true},
		{"By our staff in Cairo", true},
		{"كتب: سامي الحسن", true},
		{"كتبت – ليلى حداد", true},
		{"\u200fكتب / سامي الحسن", true},
		{"بقلم سامي الحسن", true},
		{"بقلم: ليلى حداد", true},
		{"إعداد: ليلى حداد", true},

		{"", false},
		{"By", false},
		{"By:", false},
		{"كتب:", false},
		{"A quiet night", false},
		{"By night the valley is quiet", false},
		{"By the numbers", false},
		{"Bypass opens", false},
		{"By A B C D E F G H I J K", false},
		{"كتب التاريخ صفحة هادئة", false},
		{"كتب جديدة في المعرض", false},
		{"إعداد خطة جديدة", false},
		{"ليلة هادئة", false},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			if got := isByline(tt.line); got != tt.want {
				t.Errorf("isByline(%q) = %v, want %v", tt.line, got, tt.want)
			}
		})
	}
}
