using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

/// <summary>Constants of code that are objects: engines and threads share them, so that a run must leave no trace in them.</summary>
public sealed class SharedConstantTests
{
    /// <summary>Kept results would be charged in the run that happened to be the third, and hold values of another engine.</summary>
    [Fact]
    public void A_decimal_keeps_no_results_of_its_members()
    {
        BareContext context = new();
        HostObject constant = (HostObject)HostDecimal.Constant(1.10m).Ref!;
        long left = context.Memory.Left;
        const string Text = "1.10";

        for (int i = 0; i < 5; i++)
        {
            constant.KeepResult(context, Text, (ScriptObject)Value.FromText(Text).Ref!);
        }

        constant.FindResult(Text, context.HostTypes?.State).ShouldBeNull();
        context.Memory.Left.ShouldBe(left);
    }
}
