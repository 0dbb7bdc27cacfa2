package kernel

import (
	"fmt"
	"math"
)

// RowMultiple is what the lengths of rows given to Softmax and AddNorm, and the
// columns of a Product, are multiples of.
const RowMultiple = 32

// View is a float32 matrix inside a slice: row r begins at Data[r*Stride].
type View struct {
	Data   []float32
	Stride int
}

// holds says whether a matrix of that shape lies inside the slice.
func (v View) holds(rows, columns int) bool {
	return v.Stride >= columns && len(v.Data) >= (rows-1)*v.Stride+columns
}

// Size is the shape of a product: Rows × Inner times Inner × Columns.
type Size struct {
	Rows, Inner, Columns int
}

// Product sets c to a·b in float32. Columns is a multiple of RowMultiple; the
// other sizes are at least 1. The views must not overlap.
func (k *Kernel) Product(c, a, b View, size Size) {
	if size.Rows < 1 || size.Inner < 1 || size.Columns < 1 || size.Columns%RowMultiple != 0 {
		panic(fmt.Sprintf("kernel: product of shape %+v, want columns a multiple of %d", size, RowMultiple))
	}
	if !a.holds(size.Rows, size.Inner) || !b.holds(size.Inner, size.Columns) || !c.holds(size.Rows, size.Columns) {
		panic(fmt.Sprintf("kernel: product of shape %+v does not fit views of %d, %d and %d numbers",
			size, len(a.Data), len(b.Data), len(c.Data)))
	}
	k.ops.product(c, a, b, size)
}

// Softmax replaces row by exp(scale·row) divided by its sum. A number more than
// 80/scale below the largest counts as if it were that far below: about 1e-35.
// The length is a multiple of RowMultiple, and scale is positive.
func (k *Kernel) Softmax(row []float32, scale float32) {
	if len(row) == 0 || len(row)%RowMultiple != 0 {
		panic(fmt.Sprintf("kernel: softmax of %d numbers, want a multiple of %d", len(row), RowMultiple))
	}
	k.ops.softmax(row, scale)
}

// Norm is the learned part of a layer normalisation.
type Norm struct {
	Gain, Bias []float32
	Epsilon    float32
}

// AddNorm sets x to the layer normalisation of x+y: mean 0, variance 1, then
// times gain plus bias. The four lengths are equal and a multiple of
// RowMultiple.
func (k *Kernel) AddNorm(x, y []float32, n Norm) {
	if len(x) == 0 || len(x)%RowMultiple != 0 || len(y) != len(x) || len(n.Gain) != len(x) || len(n.Bias) != len(x) {
		panic(fmt.Sprintf("kernel: add and normalise %d and %d numbers with %d gains and %d biases",
			len(x), len(y), len(n.Gain), len(n.Bias)))
	}
	k.ops.addNorm(x, y, n)
}

// Normalize sets x to its layer normalisation. The three lengths are equal and a
// multiple of RowMultiple, up to MaxInputs.
func (k *Kernel) Normalize(x []float32, n Norm) {
	if len(x) > len(nothing) {
		panic(fmt.Sprintf("kernel: normalise %d numbers, want at most %d", len(x), len(nothing)))
	}
	k.AddNorm(x, nothing[:len(x)], n)
}

// nothing is what Normalize adds. It is never written.
var nothing [MaxInputs]float32

// AddPositive adds to x what of y is above zero: x + ReLU(y). The lengths are
// equal and a multiple of RowMultiple.
func (k *Kernel) AddPositive(x, y []float32) {
	if len(x) == 0 || len(x)%RowMultiple != 0 || len(y) != len(x) {
		panic(fmt.Sprintf("kernel: add the positive of %d numbers to %d", len(y), len(x)))
	}
	k.ops.addPositive(x, y)
}

// Unit scales v to length 1. A vector of zeros becomes one of NaNs.
func Unit(v []float32) {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	inverse := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i] *= inverse
	}
}
