package kernel

import "fmt"

// SetRow writes the weights of one output, w.Inputs numbers in -127..127; -128,
// which the kernels cannot take, becomes -127. It is for matrices that grow in
// memory: nobody may multiply with w meanwhile.
func (w *Matrix8) SetRow(output int, row []int8) {
	w.checkRow(output, len(row))
	at := weightAt(output, 0, w.Inputs)
	for i := 0; i < len(row); i += 4 {
		packed := (*[4]byte)(w.Weights[at:])
		for j, v := range (*[4]int8)(row[i:]) {
			packed[j] = byte(int(max(v, -127)) + middle8)
		}
		at += panelBytes4
	}
}

// Row reads the weights of one output into row, w.Inputs numbers.
func (w *Matrix8) Row(row []int8, output int) {
	w.checkRow(output, len(row))
	at := weightAt(output, 0, w.Inputs)
	for i := 0; i < len(row); i += 4 {
		for j, v := range (*[4]byte)(w.Weights[at:]) {
			row[i+j] = int8(int(v) - middle8)
		}
		at += panelBytes4
	}
}

func (w *Matrix8) checkRow(output, length int) {
	if err := w.Validate(); err != nil {
		panic("kernel: " + err.Error())
	}
	if output < 0 || output >= w.Outputs || length != w.Inputs {
		panic(fmt.Sprintf("kernel: row %d of %d numbers of a matrix of %d × %d", output, length, w.Outputs, w.Inputs))
	}
}

// Zero8 returns the weights of a matrix of zeros. The caller owns them.
func Zero8(outputs, inputs int) []byte {
	weights := make([]byte, outputs*inputs)
	for i := range weights {
		weights[i] = middle8
	}
	return weights
}
