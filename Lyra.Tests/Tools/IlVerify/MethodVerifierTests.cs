using System.Collections.Generic;
using Lyra.IlVerify.Reports;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.IlVerify;

public sealed class MethodVerifierTests
{
    private static readonly Dictionary<string, IlCase[]> Tables = new()
    {
        [nameof(NumericCases)] = NumericCases.All,
        [nameof(FlowCases)] = FlowCases.All,
        [nameof(ObjectCases)] = ObjectCases.All,
        [nameof(CallCases)] = CallCases.All,
        [nameof(MemoryCases)] = MemoryCases.All,
        [nameof(TokenCases)] = TokenCases.All,
    };

    public static TheoryData<string, int> Rows()
    {
        TheoryData<string, int> rows = [];
        foreach ((string table, IlCase[] cases) in Tables)
        {
            for (int i = 0; i < cases.Length; i++)
            {
                rows.Add(table, i);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_method_has_the_error_that_the_table_says_and_no_other(string table, int row)
    {
        IlCase tested = Tables[table][row];

        IReadOnlyList<Message> messages = Fixture.Verify(tested);

        string all = $"{tested.Signature} {{ {tested.Code} }}: {string.Join('\n', messages)}";
        messages.Count.ShouldBe(tested.Error is null ? 0 : 1, all);
        if (tested.Error is { } error)
        {
            messages[0].Error.ShouldBe(error, all);
            messages[0].Member.Name.ShouldBe(tested.Signature[0] == '.' ? tested.Signature[..tested.Signature.IndexOf('(')] : "Test", all);
        }
    }

    [Fact]
    public void A_message_names_the_method_the_offset_the_instruction_and_both_types()
    {
        IReadOnlyList<Message> messages = Fixture.Verify(new IlCase(VerifierError.StackUnexpected, "string(int)", "nop; ldarg.0; ret"));

        messages.ShouldHaveSingleItem().ToString().ShouldBe(
            "[IL]: Error [StackUnexpected]: [Case : Case.Host::Test(System.Int32)][offset 0x00000002][opcode ret][found Int32][expected "
                + "ref 'System.String'] "
            + "Unexpected type on the stack.");
    }
}
