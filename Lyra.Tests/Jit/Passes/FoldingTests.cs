using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Filetests;
using Lyra.Tests.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

/// <summary>Tests the rules of folding that are C#, and cases to which no line of the rules may apply.</summary>
public sealed class FoldingTests
{
    // Each row: nodes separated by semicolons, of which the last one is the result; then the result after folding.
    [Theory]
    [InlineData("AddInt 9223372036854775807 1", "ConstInt -9223372036854775808")]
    [InlineData("AddInt 0 x", "x")]
    [InlineData("SubIntChecked x -9223372036854775808", "SubIntChecked x -9223372036854775808")]
    [InlineData("MulIntChecked -1 x", "NegIntChecked x")]
    [InlineData("MulIntChecked x 3", "MulIntChecked x 3")]
    [InlineData("DivInt x 2", "DivInt x 2")]
    [InlineData("NegIntChecked x; NegIntChecked $", "NegIntChecked x; x")]
    [InlineData("AddInt x 3; SubInt $ 3", "x")]
    [InlineData("AddFloat f 0.0", "AddFloat f 0.0")]
    [InlineData("SubFloat f -0.0", "SubFloat f -0.0")]
    [InlineData("SubFloat f f", "SubFloat f f")]
    [InlineData("MulFloat f 0.0", "MulFloat f 0.0")]
    [InlineData("DivFloat f f", "DivFloat f f")]
    [InlineData("EqFloat f f", "EqFloat f f")]
    [InlineData("LeFloat f f", "LeFloat f f")]
    [InlineData("LtFloat f g; Not $", "LtFloat f g; Not $")]
    [InlineData("BoxObject l; UnboxObject:List $", "l")]
    [InlineData("BoxObject l; AsObject:List $", "l")]
    [InlineData("BoxObject o; UnboxObject:List $", "BoxObject o; UnboxObject:List $")]
    [InlineData("BoxObject p; UnboxStruct@Point $", "p")]
    [InlineData("BoxObject p; AsStruct@Point $", "p")]
    [InlineData("IsTruthy a", "IsTruthy a")]
    [InlineData("BoxObject l; IsObject#List $", "ConstBool true")]
    [InlineData("BoxObject l; IsObject#Map $", "ConstBool false")]
    [InlineData("BoxObject o; IsObject#Map $", "BoxObject o; IsObject#Map $")]
    [InlineData("BoxInt x; IsObject#Map $", "ConstBool false")]
    [InlineData("BoxObject p; IsStruct@Point $", "ConstBool true")]
    [InlineData("BoxObject p; IsStruct@Line $", "ConstBool false")]
    [InlineData("BoxObject l; IsStruct@Line $", "ConstBool false")]
    [InlineData("SameObject l l", "ConstBool true")]
    [InlineData("SameObject l s", "ConstBool false")]
    [InlineData("SameObject l o", "SameObject l o")]
    [InlineData("NewTuple x b a; TupleCount $", "NewTuple x b a; ConstInt 3")]
    [InlineData("ConstObject@pair:Tuple; TupleCount $", "ConstInt 2")]
    [InlineData("NewTuple x a; TupleItem $ 1", "NewTuple x a; a")]
    [InlineData("NewTuple x a; TupleItem $ 0; UnboxInt $", "NewTuple x a; x")]
    [InlineData("ConstObject@pair:Tuple; TupleItem $ 0; UnboxInt $", "ConstInt 1")]
    [InlineData("NewTuple x a; TupleItem $ 2; UnboxInt $", "NewTuple x a; TupleItem $ 2; UnboxInt $")]
    [InlineData("ConstObject@range:Range; RangeIsSmall $", "ConstBool true")]
    [InlineData("ConstObject@range:Range; RangeStart $", "ConstInt 3")]
    [InlineData("ConstObject@range:Range; RangeStep $", "ConstInt 3")]
    [InlineData("ConstObject@range:Range; RangeCount $", "ConstInt 9")]
    [InlineData("ConstObject\"abc\":Str; StrLength $", "ConstInt 3")]
    [InlineData("ConstObject\"abc\":Str; StrUnits $; LoadUnit $ 1", "ConstInt 98")]
    [InlineData("StrOfUnit 65", "ConstObject\"A\":Str")]
    [InlineData("ConstObject@closure:Closure; LoadCapture#0 $; UnboxInt $", "ConstInt 5")]
    [InlineData("ConstObject@closure:Closure; IsCode@add $", "ConstBool true")]
    [InlineData("ConstObject@closure:Closure; IsCode@main $", "ConstBool false")]
    [InlineData("NewClosure@add x a; LoadCapture#1 $", "NewClosure@add x a; a")]
    [InlineData("NewClosure@add x; IsCode@add $", "NewClosure@add x; ConstBool true")]
    [InlineData("IsCode@add d", "IsCode@add d")]
    public void Values(string before, string after) => ShouldFoldTo(before, after);

    [Theory]
    [InlineData("BoxInt x; UnboxObject:List $")]
    [InlineData("BoxObject s; UnboxObject:List $")]
    [InlineData("BoxObject p; UnboxStruct@Line $")]
    public void An_operation_that_always_exits_ends_its_block(string before)
    {
        IrGraph graph = FoldRows.Graph(before);
        new Folding().Run(graph).ShouldBeTrue();
        graph.Entry.End.ShouldBe(IrEnd.Exit);
        graph.Entry.Exit!.Id.ShouldBe(0);
        graph.Entry.Nodes.Count(node => node.MayExit).ShouldBe(11);
        MeaningCheck.CompareOnEdgeValues(FoldRows.Text(before), new Folding());
    }

    [Theory]
    [InlineData("GuardDivisor x -1", "GuardDivisor x -1")]
    [InlineData("GuardIndex 4 y", "GuardIndex 4 y")]
    public void Guards(string before, string after) => ShouldFoldTo(before + "; ConstNil", after + "; ConstNil");

    /// <summary>The nodes fold to the others, and behave on edge values as before.</summary>
    private static void ShouldFoldTo(string before, string after)
    {
        IrGraph graph = FoldRows.Graph(before);
        new Folding().Run(graph);
        new DeadCode().Run(graph);
        IrGraph expected = FoldRows.Graph(after);
        new Folding().Run(expected);
        new DeadCode().Run(expected);
        IrVerifier.Verify(graph).ShouldBeEmpty();
        FoldRows.Renumbered(graph).ShouldBe(FoldRows.Renumbered(expected));
        int compared = MeaningCheck.CompareOnEdgeValues(FoldRows.Text(before), new Folding());
        (compared > 0 || before == after).ShouldBeTrue("no edge values give a result");
    }
}
