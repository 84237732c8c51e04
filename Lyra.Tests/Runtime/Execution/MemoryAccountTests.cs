using Lyra.Runtime.Execution;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Execution;

public sealed class MemoryAccountTests
{
    [Fact]
    public void A_refund_grants_no_more_than_the_most()
    {
        MemoryAccount account = new() { Most = 100, Left = 60, Withheld = 1_000 };

        account.Refund(70);

        (account.Left, account.Withheld).ShouldBe((100, 1_030));
        account.TryCharge(101).ShouldBeFalse();
    }

    [Fact]
    public void Without_a_most_everything_is_granted()
    {
        MemoryAccount account = new() { Left = 60, Withheld = 1_000 };

        account.Refund(70);

        (account.Left, account.Withheld).ShouldBe((130, 1_000));
    }
}
