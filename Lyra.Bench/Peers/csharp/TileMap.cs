// a tile map generator: n caves by a cellular automaton, small regions filled, rooms connected, drawn to text
static class TileMap
{
    const int Width = 64;
    const int Height = 36;
    const char Wall = '#';
    const char Floor = '.';

    static readonly (int X, int Y)[] Steps = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    sealed class Map
    {
        char[,] tiles = new char[Height, Width];

        public Map(Func<int, int> random)
        {
            static bool IsEdge(int x, int y) => x == 0 || y == 0 || x == Width - 1 || y == Height - 1;
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++) tiles[y, x] = IsEdge(x, y) || random(100) < 45 ? Wall : Floor;
            }
            for (int i = 0; i < 4; i++) Smooth();
        }

        int WallsAround(int x, int y)
        {
            int walls = 0;
            for (int ny = y - 1; ny <= y + 1; ny++)
            {
                for (int nx = x - 1; nx <= x + 1; nx++)
                {
                    if ((nx != x || ny != y) && tiles[ny, nx] == Wall) walls++;
                }
            }
            return walls;
        }

        void Smooth()
        {
            var next = (char[,])tiles.Clone();
            for (int y = 1; y < Height - 1; y++)
            {
                for (int x = 1; x < Width - 1; x++)
                {
                    int walls = WallsAround(x, y);
                    if (walls > 4) next[y, x] = Wall;
                    else if (walls < 4) next[y, x] = Floor;
                }
            }
            tiles = next;
        }

        // The positions of all open tiles that are connected with a position.
        public List<(int X, int Y)> Flood((int X, int Y) start, HashSet<(int X, int Y)> seen)
        {
            var region = new List<(int X, int Y)>();
            var open = new Stack<(int X, int Y)>();
            open.Push(start);
            seen.Add(start);
            while (open.TryPop(out var position))
            {
                region.Add(position);
                foreach (var (dx, dy) in Steps)
                {
                    var next = (X: position.X + dx, Y: position.Y + dy);
                    if (tiles[next.Y, next.X] != Wall && seen.Add(next)) open.Push(next);
                }
            }
            return region;
        }

        // The rooms, the largest first; regions under 12 tiles are filled.
        public List<List<(int X, int Y)>> FindRooms()
        {
            var rooms = new List<List<(int X, int Y)>>();
            var seen = new HashSet<(int X, int Y)>();
            for (int y = 1; y < Height - 1; y++)
            {
                for (int x = 1; x < Width - 1; x++)
                {
                    if (tiles[y, x] == Wall || seen.Contains((x, y))) continue;
                    var region = Flood((x, y), seen);
                    if (region.Count < 12)
                    {
                        foreach (var (rx, ry) in region) tiles[ry, rx] = Wall;
                    }
                    else
                    {
                        rooms.Add(region);
                    }
                }
            }
            return rooms.OrderByDescending(room => room.Count).ToList();
        }

        void Dig(int x, int y)
        {
            if (tiles[y, x] == Wall) tiles[y, x] = '+';
        }

        // Digs a corridor: first to the column, then to the row of the goal.
        void DigCorridor((int X, int Y) from, (int X, int Y) goal)
        {
            var (x, y) = from;
            while (x != goal.X)
            {
                x += goal.X > x ? 1 : -1;
                Dig(x, y);
            }
            while (y != goal.Y)
            {
                y += goal.Y > y ? 1 : -1;
                Dig(x, y);
            }
        }

        // Joins each room to the nearest of those that are connected, and gives the length of all corridors.
        public int Connect(List<List<(int X, int Y)>> rooms)
        {
            int total = 0;
            var connected = new List<(int X, int Y)>();
            foreach (var room in rooms)
            {
                var middle = Center(room);
                if (connected.Count > 0)
                {
                    var goal = Nearest(connected, middle);
                    DigCorridor(middle, goal);
                    total += Distance(middle, goal);
                }
                connected.Add(middle);
            }
            return total;
        }

        string Row(int y) => string.Concat(Enumerable.Range(0, Width).Select(x => tiles[y, x]));

        public string Draw() => string.Join('\n', Enumerable.Range(0, Height).Select(Row));
    }

    static int Distance((int X, int Y) a, (int X, int Y) b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y);

    static (int X, int Y) Nearest(List<(int X, int Y)> positions, (int X, int Y) goal) =>
        positions.MinBy(position => Distance(position, goal));

    // The tile of a room that is nearest to its middle.
    static (int X, int Y) Center(List<(int X, int Y)> room) =>
        Nearest(room, (room.Sum(position => position.X) / room.Count, room.Sum(position => position.Y) / room.Count));

    public static double Run(int n)
    {
        long seed = 42;
        int Random(int limit)
        {
            seed = seed * 16807 % 2147483647;
            return (int)(seed % limit);
        }
        long sum = 0;
        for (int i = 0; i < n; i++)
        {
            var map = new Map(Random);
            var rooms = map.FindRooms();
            int corridors = map.Connect(rooms);
            int open = map.Flood(Center(rooms[0]), []).Count;
            sum = (sum * 31 + rooms.Count * 1000 + corridors * 10 + open) % 1000000007;
            foreach (char c in map.Draw()) sum = (sum * 31 + c) % 1000000007;
        }
        return sum;
    }
}
