using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Operators;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Passes the element types of an annotation on to the literals that make a container.</summary>
internal static class ContainerTypes
{
    /// <summary>The element type in an expected container type; null if it has none.</summary>
    /// <param name="expected">The expected type of the container.</param>
    /// <param name="kind">The kind of the container.</param>
    /// <param name="position">The index of the type argument: for a map 0 is the key and 1 the value; for a tuple the position of the
    /// item.</param>
    public static SlotType? ElementType(SlotType? expected, SlotKind kind, int position) =>
        expected is not null && expected.Kind == kind && position < expected.Arguments.Length
            ? expected.Arguments[position] with { SlotName = "an element of " + expected.SlotName }
            : null;

    /// <summary>
    /// The expected type of an operand: that of the whole expression if the operand may be a literal container, otherwise none.
    /// </summary>
    public static SlotType? OperandType(Expression operand, SlotType? expected) =>
        expected is { HasElementTypes: true } && operand is ListLiteral or MapLiteral or BinaryExpression or BinaryChainExpression
            ? expected
            : null;

    /// <summary>True if the expression certainly creates its value, so that the element type can be set on the whole value.</summary>
    public static bool IsNewContainer(Expression expression) => expression switch
    {
        ListLiteral or Comprehension { IsMap: false } => true,
        BinaryExpression { Operator: BinaryOperator.Add } sum => IsNewContainer(sum.Left) && IsNewContainer(sum.Right),
        BinaryExpression { Operator: BinaryOperator.Multiply } product => IsNewContainer(product.Left) || IsNewContainer(product.Right),
        BinaryChainExpression chain => IsNewContainerChain(chain),
        _ => false,
    };

    private static bool IsNewContainerChain(BinaryChainExpression chain)
    {
        BinaryOperator @operator = chain.Links[0].Operator;
        bool areAllNew = IsNewContainer(chain.First);
        bool isAnyNew = areAllNew;
        foreach (BinaryLink link in chain.Links)
        {
            if (link.Operator != @operator)
            {
                return false;
            }

            bool isNew = IsNewContainer(link.Operand);
            areAllNew &= isNew;
            isAnyNew |= isNew;
        }

        return @operator == BinaryOperator.Add ? areAllNew : @operator == BinaryOperator.Multiply && isAnyNew;
    }
}
