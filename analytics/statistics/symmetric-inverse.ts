/**
 * Inverse of a symmetric positive definite matrix by Cholesky's factor, for the information of an estimate.
 * Returns null when the matrix is not positive definite to working precision.
 */
export function symmetricInverse(matrix: readonly Float64Array[]): Float64Array[] | null {
	const size = matrix.length;
	const lower = matrix.map((row) => Float64Array.from(row));
	for (let j = 0; j < size; j++) {
		for (let i = j; i < size; i++) {
			let sum = lower[i]![j]!;
			for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
			if (i > j) lower[i]![j] = sum / lower[j]![j]!;
			else if (sum > matrix[j]![j]! * 1e-14 && Number.isFinite(sum)) lower[j]![j] = Math.sqrt(sum);
			else return null;
		}
	}
	const inverse = matrix.map(() => new Float64Array(size));
	const column = new Float64Array(size);
	for (let c = 0; c < size; c++) {
		for (let i = 0; i < size; i++) {
			let sum = i === c ? 1 : 0;
			for (let k = 0; k < i; k++) sum -= lower[i]![k]! * column[k]!;
			column[i] = sum / lower[i]![i]!;
		}
		for (let i = size - 1; i >= 0; i--) {
			let sum = column[i]!;
			for (let k = i + 1; k < size; k++) sum -= lower[k]![i]! * column[k]!;
			column[i] = sum / lower[i]![i]!;
		}
		for (let i = 0; i < size; i++) inverse[i]![c] = column[i]!;
	}
	return inverse;
}
