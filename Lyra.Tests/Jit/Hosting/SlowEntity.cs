using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>A subclass with a property whose effects its IL does not show.</summary>
public sealed class SlowEntity : Entity
{
    public override int Level
    {
        get
        {
            int sum = 0;
            for (int i = 0; i < 3; i++)
            {
                sum += i;
            }

            return sum;
        }

        set => Number = value;
    }
}
