using Lyra.Interpreter.Compilation.Passes;
using Lyra.Tests.Harness.Programs;
using Xunit;

namespace Lyra.Tests.Interpreter.Compilation.Passes;

public sealed class DeadStoresTests
{
    [Fact]
    public void A_store_that_nothing_reads_before_the_next_one_is_removed() => PassTester.Check(
        DeadStores.Run,
        """
        LoadInt r0, 7
        LoadInt r1, 5
        MulInt r1, r0, 8
        Return r1
        """,
        """
        LoadInt r0, 7
        MulInt r1, r0, 8
        Return r1
        """);

    [Fact]
    public void A_store_that_is_read_or_may_be_read_after_a_jump_stays()
    {
        const string Code = """
            LoadInt r0, 7
            LoadInt r1, 5
            Add r0, r0, r1
            LoadInt r1, 6
            JumpIf r0, L6
            LoadInt r1, 8
            L6:
            Return r1
            """;
        PassTester.Check(DeadStores.Run, Code, Code);
    }

    [Fact]
    public void A_store_stays_if_a_handler_may_read_it()
    {
        const string Code = """
            LoadInt r0, 7
            LoadInt r1, 5
            DivInt r1, r0, 0
            Return r1
            L4:
            Return r1
            """;
        const string Handler = "handler catch from L1 to L3 at L4 register r2";
        PassTester.Check(DeadStores.Run, Code, Code, Handler);
    }

    [Fact]
    public void An_instruction_that_may_throw_stays()
    {
        const string Code = """
            LoadInt r0, 7
            DivInt r1, r0, 2
            LoadInt r1, 5
            Return r1
            """;
        PassTester.Check(DeadStores.Run, Code, Code);
    }
}
