import Bytes

/// What can be bought: the active price of a run or program. At most one per object is active.
public struct Product: Hashable, Sendable {
    /// Primary key of `ecommerce_product`.
    public let id: Int
    /// The price in US dollars, two fraction digits.
    public let price: Decimal64
    /// The text on the receipt.
    public let description: String

    /// The row with these values.
    public init(id: Int, price: Decimal64, description: String) {
        self.id = id
        self.price = price
        self.description = description
    }
}
